// The sending side of AssessSandbox's webhooks.
#include <utility>

#include "sandbox/assess_sandbox.h"
#include "sandbox/wire.h"

namespace praxisync::sandbox {

void AssessSandbox::add_webhook(std::string url, std::string signing_secret,
                                std::vector<std::string> event_types) {
  catch_up();
  Webhook row;
  row.id = lifecycle_.uuid();
  row.url = std::move(url);
  row.signing_secret = std::move(signing_secret);
  row.event_types = std::move(event_types);
  world_.add(std::move(row));
}

int AssessSandbox::deliver_due(http::Transport& transport) {
  int attempts = 0;
  while (const std::optional<Attempt> attempt = take_attempt()) {
    settle(attempt->delivery, transport.send(attempt->request));
    ++attempts;
  }
  return attempts;
}

std::optional<Attempt> AssessSandbox::take_attempt() {
  catch_up();
  return lifecycle_.deliveries().take(now_);
}

std::optional<Attempt> AssessSandbox::take_ping() {
  if (!pinged_) return std::nullopt;
  const Number delivery = *pinged_;
  pinged_.reset();
  return lifecycle_.deliveries().take_one(delivery);
}

void AssessSandbox::settle(Number delivery, const Result<http::Response>& reply) {
  const std::optional<int> status = reply ? std::optional<int>(reply->status) : std::nullopt;
  catch_up();
  lifecycle_.deliveries().settle(delivery, status, now_);
}

std::string AssessSandbox::ping_answer(Number delivery) const {
  const WebhookDelivery& row = world_.deliveries[delivery];
  return wire::Writer(world_, options_, now_)
      .webhook_test(world_.webhooks[row.webhook], row.last_status);
}

}  // namespace praxisync::sandbox
