#include <optional>

#include "connectors/file/senders/senders.h"
#include "domain/digest.h"
#include "http/base64.h"

namespace praxisync::senders {
namespace {

constexpr std::size_t kDigestBytes = 32;

/// In hex, whether it came in that or in base64.
std::string in_hex(std::string_view signature) {
  const std::optional<std::string> bytes = http::from_base64(signature);
  return bytes && bytes->size() == kDigestBytes ? hex(*bytes) : std::string(signature);
}

}  // namespace

// 'Webhooks' of the vendor's developer pages: `X-Workable-Signature` is the HMAC-SHA256 of the
// payload, by the account's token or the OAuth application's secret. How the digest is written they
// do not say; public clients read hex. `event_type` names the event (public clients), and no other
// field is known to name the delivery: one that is sent again is known by its body.
Result<connector::WebhookEvent> read_workable(const connector::WebhookDelivery& delivery,
                                              std::span<const WebhookSecret> secrets,
                                              Timestamp /*now*/) {
  const std::string_view given = connector::sole_header(delivery.headers, "X-Workable-Signature");
  if (given.empty()) return connector::not_signed("it has no signature, or more than one");
  Result<void> genuine = connector::check_signature(delivery.body, in_hex(given), secrets);
  if (!genuine) return std::move(genuine).error();
  connector::WebhookEvent event;
  event.kind = connector::body_text(delivery, "event_type");
  return event;
}

}  // namespace praxisync::senders
