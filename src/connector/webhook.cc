#include "connector/webhook.h"

#include <charconv>

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

Result<void> check_signature(std::string_view text, std::string_view signature,
                             std::span<const WebhookSecret> secrets) {
  if (find_signing_secret(text, signature, secrets)) return {};
  return not_signed("no secret that is configured signed it");
}

Result<void> check_signed_body(const WebhookDelivery& delivery, std::string_view name,
                               std::string_view prefix, std::span<const WebhookSecret> secrets) {
  std::string_view signature = sole_header(delivery.headers, name);
  if (signature.empty()) return not_signed("it has no signature, or more than one");
  if (!to_lower(signature).starts_with(prefix))
    return not_signed("its signature is of another form");
  signature.remove_prefix(prefix.size());
  return check_signature(delivery.body, signature, secrets);
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

Result<void> check_fresh(std::string_view seconds, Timestamp now) {
  constexpr std::int64_t kLatest = 253'402'300'799;  // in the year 9999
  const char* const last = seconds.data() + seconds.size();
  std::int64_t count = 0;
  const auto [end, failed] = std::from_chars(seconds.data(), last, count);
  if (failed != std::errc() || end != last || count < 0 || count > kLatest)
    return not_signed("it does not say when it was signed");
  return check_fresh(Timestamp(std::chrono::seconds(count)), now);
}

}  // namespace praxisync::connector
