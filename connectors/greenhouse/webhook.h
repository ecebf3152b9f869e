/// Webhook deliveries of Greenhouse: who sent them and what they tell of. Pure.
#pragma once

#include "connector/webhook.h"

namespace praxisync::greenhouse {

/// See connector::ReadWebhook.
Result<connector::WebhookEvent> read_webhook(const connector::WebhookDelivery& delivery,
                                             std::span<const WebhookSecret> secrets, Timestamp now);

}  // namespace praxisync::greenhouse
