/// ATSs whose webhooks are understood although praxisync pulls from an export of theirs, not from
/// their API: an event tells that the export may be new. Pure, from any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connector/webhook.h"

namespace praxisync::senders {

struct Sender {
  std::string name;  ///< as in `webhooks_from = "workable"`
  connector::ReadWebhook read;
};

const std::vector<Sender>& all();
/// nullptr: nobody has that name.
const Sender* find(std::string_view name);
/// "recruitee, smartrecruiters, …"
std::string names_of_all();

// See connector::ReadWebhook. What each sends is told where it is read.
Result<connector::WebhookEvent> read_recruitee(const connector::WebhookDelivery& delivery,
                                               std::span<const WebhookSecret> secrets,
                                               Timestamp now);
Result<connector::WebhookEvent> read_smartrecruiters(const connector::WebhookDelivery& delivery,
                                                     std::span<const WebhookSecret> secrets,
                                                     Timestamp now);
Result<connector::WebhookEvent> read_teamtailor(const connector::WebhookDelivery& delivery,
                                                std::span<const WebhookSecret> secrets,
                                                Timestamp now);
Result<connector::WebhookEvent> read_workable(const connector::WebhookDelivery& delivery,
                                              std::span<const WebhookSecret> secrets,
                                              Timestamp now);

}  // namespace praxisync::senders
