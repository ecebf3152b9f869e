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
  Webhook row{call.lifecycle.uuid(), std::move(body.url), std::move(body.description),
              std::move(secret), std::move(body.event_types)};
  call.world.webhook_by_id[row.id] = call.world.webhooks.size();
  call.world.webhooks.push_back(std::move(row));
  return Answer{201, call.write().created_webhook(call.world.webhooks.back())};
}

/// Nothing is delivered from here, so no endpoint ever answers.
Outcome test_webhook(const Call& call) {
  if (!call.world.webhook_by_id.contains(call.argument)) return not_found("Webhook");
  return Answer{200, call.write().webhook_test()};
}

}  // namespace praxisync::sandbox::endpoints
