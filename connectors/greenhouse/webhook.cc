#include "connectors/greenhouse/webhook.h"

namespace praxisync::greenhouse {

// 'Webhooks' of the vendor's developer pages: `Signature: sha256 <hex>` over the raw body, whose
// escapes are part of it; `Greenhouse-Event-ID`, which is not signed, names the delivery; the event
// is named by `action`. No time is signed. Saving a webhook sends a ping, and one that is not
// answered with 200 leaves it switched off.
Result<connector::WebhookEvent> read_webhook(const connector::WebhookDelivery& delivery,
                                             std::span<const WebhookSecret> secrets,
                                             Timestamp /*now*/) {
  Result<void> genuine = connector::check_signed_body(delivery, "Signature", "sha256 ", secrets);
  if (!genuine) return std::move(genuine).error();
  connector::WebhookEvent event;
  event.id = connector::sole_header(delivery.headers, "Greenhouse-Event-ID");
  event.kind = connector::body_text(delivery, "action");
  if (event.kind == "ping") event.purpose = connector::WebhookPurpose::Test;
  return event;
}

}  // namespace praxisync::greenhouse
