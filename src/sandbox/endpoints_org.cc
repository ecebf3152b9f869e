#include <algorithm>

#include "sandbox/endpoints.h"

namespace praxisync::sandbox::endpoints {

Outcome get_organisation(const Call& call) { return Answer{200, call.write().organisation()}; }

Outcome list_team(const Call& call) { return Answer{200, call.write().team()}; }

Outcome get_stats(const Call& call) { return Answer{200, call.write().stats()}; }

Outcome list_webhooks(const Call& call) { return Answer{200, call.write().webhooks()}; }

Outcome create_webhook(const Call& call) {
  auto parsed = wire::read_webhook(call.body);
  if (const auto* refusal = std::get_if<Refusal>(&parsed)) return *refusal;
  auto& body = std::get<wire::WebhookBody>(parsed);
  std::string secret = "whsec_" + call.lifecycle.uuid() + call.lifecycle.uuid();
  std::erase(secret, '-');
  Webhook row{call.lifecycle.uuid(), std::move(body.url),         std::move(body.description),
              std::move(secret),     std::move(body.event_types), false};
  return Answer{201, call.write().created_webhook(call.world.add(std::move(row)))};
}

/// The ping is queued; whoever can send does so and then answers. Where nobody does, the endpoint
/// has not responded.
Outcome test_webhook(const Call& call) {
  const auto found = call.world.webhook_by_id.find(call.argument);
  if (found == call.world.webhook_by_id.end()) return not_found("Webhook");
  call.lifecycle.deliveries().ping(found->second, call.now);
  return Answer{200, call.write().webhook_test(call.world.webhooks[found->second], std::nullopt)};
}

}  // namespace praxisync::sandbox::endpoints
