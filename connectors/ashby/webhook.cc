#include "connectors/ashby/webhook.h"

namespace praxisync::ashby {

// 'Authenticating webhooks' of the vendor's developer pages: `Ashby-Signature: sha256=<hex>` over
// the raw body. The event is named by `action`. Neither an id nor a time is documented: who sends
// one again is known by the body. Saving a webhook sends a ping, and one that is not answered
// leaves it switched off.
Result<connector::WebhookEvent> read_webhook(const connector::WebhookDelivery& delivery,
                                             std::span<const WebhookSecret> secrets,
                                             Timestamp /*now*/) {
  Result<void> genuine =
      connector::check_signed_body(delivery, "Ashby-Signature", "sha256=", secrets);
  if (!genuine) return std::move(genuine).error();
  connector::WebhookEvent event;
  event.kind = connector::body_text(delivery, "action");
  if (event.kind == "ping") event.purpose = connector::WebhookPurpose::Test;
  return event;
}

}  // namespace praxisync::ashby
