#include "serve/hook_source.h"

#include <algorithm>
#include <utility>

#include "assess/webhook_event.h"

namespace praxisync::serve {
namespace {

std::vector<WebhookSecret> secrets_of(const std::vector<ApiKey>& keys) {
  std::vector<WebhookSecret> secrets;
  for (const ApiKey& key : keys) secrets.emplace_back(key.reveal());
  return secrets;
}

}  // namespace

// The raw body is signed (source 002), and with it the event's time. That is not held against our
// clock: how long a delivery is tried again is not documented, and an old one does no harm.
Result<connector::WebhookEvent> read_assess_webhook(const connector::WebhookDelivery& delivery,
                                                    std::span<const WebhookSecret> secrets,
                                                    Timestamp /*now*/) {
  Result<void> genuine =
      connector::check_signed_body(delivery, "X-Praxicraft-Signature", "", secrets);
  if (!genuine) return std::move(genuine).error();
  assess::WebhookEvent read = assess::read_webhook_event(delivery.body);
  connector::WebhookEvent event;
  if (read.event == assess::kTestEvent) event.purpose = connector::WebhookPurpose::Test;
  event.kind = std::move(read.event);
  event.part = read.assessment.text();
  return event;
}

std::vector<HookSource> hook_sources(const config::Config& config,
                                     const std::vector<connector::ConnectorSpec>& specs) {
  std::vector<HookSource> sources;
  if (!config.serve.webhook_secrets.empty()) {
    sources.push_back(
        {std::string(kAssessHook), secrets_of(config.serve.webhook_secrets), read_assess_webhook});
  }
  for (const config::ConnectorConfig& connector : config.connectors) {
    const auto spec = std::ranges::find(specs, connector.type, &connector::ConnectorSpec::type);
    if (spec == specs.end() || !spec->webhooks.reader) continue;
    auto secrets = secrets_of(connector.settings.secrets(connector::kWebhookSecrets));
    connector::ReadWebhook read = spec->webhooks.reader(connector.settings);
    if (secrets.empty() || !read) continue;
    sources.push_back({connector.name.text(), std::move(secrets), std::move(read)});
  }
  return sources;
}

}  // namespace praxisync::serve
