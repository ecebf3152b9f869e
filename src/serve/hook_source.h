/// Who may deliver webhooks to us, and how each is known: the Assess API and the connectors whose
/// ATS signs, as far as the config gives their secrets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"
#include "connector/webhook.h"

namespace praxisync::serve {

/// The Assess API among the sources; no connector that receives webhooks has that name.
inline constexpr std::string_view kAssessHook = "assess";

struct HookSource {
  std::string name;  ///< it delivers to /hooks/NAME
  std::vector<WebhookSecret> secrets;
  connector::ReadWebhook read;
};

std::vector<HookSource> hook_sources(const config::Config& config,
                                     const std::vector<connector::ConnectorSpec>& specs);

/// The part of an event is the slug of its assessment. See connector::ReadWebhook.
Result<connector::WebhookEvent> read_assess_webhook(const connector::WebhookDelivery& delivery,
                                                    std::span<const WebhookSecret> secrets,
                                                    Timestamp now);

}  // namespace praxisync::serve
