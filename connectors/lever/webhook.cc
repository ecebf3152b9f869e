#include "connectors/lever/webhook.h"

#include "connectors/lever/wire.h"

namespace praxisync::lever {

// 'Webhooks' of the vendor's developer pages: what is signed is not the body but its `token`
// followed by its `triggeredAt`, so that all the rest of it may be anybody's. A token is used once.
Result<connector::WebhookEvent> read_webhook(const connector::WebhookDelivery& delivery,
                                             std::span<const WebhookSecret> secrets,
                                             Timestamp now) {
  const Result<SignedEvent> read = read_signed_event(delivery.body);
  if (!read) return connector::not_signed("its body has no signature that can be read");
  Result<void> genuine =
      connector::check_signature(read->token + read->triggered_at, read->signature, secrets);
  if (!genuine) return std::move(genuine).error();
  Result<void> fresh = connector::check_fresh(read->at, now);
  if (!fresh) return std::move(fresh).error();
  connector::WebhookEvent event;
  event.id = read->token;
  event.kind = read->kind;
  if (!read->has_data) event.purpose = connector::WebhookPurpose::Test;
  return event;
}

}  // namespace praxisync::lever
