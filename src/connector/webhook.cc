#include "connector/webhook.h"

#include "domain/text.h"
#include "json/reader.h"

namespace praxisync::connector {

Error not_signed(std::string_view why) { return {ErrorKind::Unauthorized, std::string(why)}; }

std::string_view sole_header(const std::vector<http::Header>& headers, std::string_view name) {
  const std::string wanted = to_lower(name);
  std::string_view found;
  int seen = 0;
  for (const http::Header& header : headers) {
    if (to_lower(header.name) != wanted) continue;
    found = header.value;
    ++seen;
  }
  return seen == 1 ? trim(found) : std::string_view();
}

Result<void> check_signed_body(const WebhookDelivery& delivery, std::string_view name,
                               std::string_view prefix, std::span<const WebhookSecret> secrets) {
  std::string_view signature = sole_header(delivery.headers, name);
  if (signature.empty()) return not_signed("it has no signature, or more than one");
  if (!to_lower(signature).starts_with(prefix))
    return not_signed("its signature is of another form");
  signature.remove_prefix(prefix.size());
  if (!find_signing_secret(delivery.body, signature, secrets))
    return not_signed("no secret that is configured signed it");
  return {};
}

std::string body_text(const WebhookDelivery& delivery, std::string_view key) {
  const Result<json::Value> body = json::Value::parse(delivery.body);
  const json::Value* const found = body ? body->find(key) : nullptr;
  const auto* const text = found != nullptr ? found->get<std::string>() : nullptr;
  return text != nullptr ? *text : std::string();
}

Result<void> check_fresh(Timestamp signed_at, Timestamp now) {
  if (signed_at > now + kWebhookClockAhead) return not_signed("it was signed in the future");
  if (signed_at < now + kWebhookClockAhead - kWebhookMemory)
    return not_signed("it was signed too long ago");
  return {};
}

}  // namespace praxisync::connector
