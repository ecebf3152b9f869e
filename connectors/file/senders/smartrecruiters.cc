#include <algorithm>

#include "connectors/file/senders/senders.h"

namespace praxisync::senders {
namespace {

/// As many keys as an account can have at a time.
constexpr int kMostSignatures = 16;
constexpr std::size_t kLongestHandshake = 256;
constexpr std::string_view kHandshake = "X-Hook-Secret";

bool can_be_sent_back(std::string_view value) {
  return !value.empty() && value.size() <= kLongestHandshake &&
         std::ranges::all_of(value, [](char c) { return c > ' ' && c < '\x7f'; });
}

/// `all`: "v1=<hex>;v1=<hex>", one for each key that is alive; one that fits is enough.
Result<void> check_any(std::string_view text, std::string_view all,
                       std::span<const WebhookSecret> secrets) {
  constexpr std::string_view kVersion = "v1=";
  for (int seen = 0; seen < kMostSignatures && !all.empty(); ++seen) {
    const std::size_t end = std::min(all.find(';'), all.size());
    const std::string_view one = all.substr(0, end);
    all.remove_prefix(std::min(end + 1, all.size()));
    if (!one.starts_with(kVersion)) continue;
    if (connector::check_signature(text, one.substr(kVersion.size()), secrets)) return {};
  }
  return connector::not_signed("no secret that is configured signed it");
}

}  // namespace

// https://developers.smartrecruiters.com 'Webhooks': a subscription is switched on by a POST whose
// `X-Hook-Secret` is sent back with 200. A delivery signs, joined by dots and a missing header as
// nothing: `smartrecruiters-timestamp` (Unix seconds), the raw body, `event-id`, `event-name`,
// `event-version` and `link`. It wants a 202 within five seconds, and is tried again for a day.
Result<connector::WebhookEvent> read_smartrecruiters(const connector::WebhookDelivery& delivery,
                                                     std::span<const WebhookSecret> secrets,
                                                     Timestamp now) {
  const auto header = [&](std::string_view name) {
    return std::string(connector::sole_header(delivery.headers, name));
  };
  connector::WebhookEvent event;
  const std::string signatures = header("smartrecruiters-signature");
  const std::string handshake = header(kHandshake);
  if (signatures.empty() && can_be_sent_back(handshake)) {
    event.purpose = connector::WebhookPurpose::Handshake;
    event.answer.headers = {{std::string(kHandshake), handshake}};
    return event;
  }
  const std::string timestamp = header("smartrecruiters-timestamp");
  event.id = header("event-id");
  event.kind = header("event-name");
  const std::string signed_text = timestamp + '.' + std::string(delivery.body) + '.' + event.id +
                                  '.' + event.kind + '.' + header("event-version") + '.' +
                                  header("link");
  Result<void> genuine = check_any(signed_text, signatures, secrets);
  if (!genuine) return std::move(genuine).error();
  Result<void> fresh = connector::check_fresh(std::string_view(timestamp), now);
  if (!fresh) return std::move(fresh).error();
  event.answer.status = 202;
  return event;
}

}  // namespace praxisync::senders
