/// Webhook deliveries of Ashby: who sent them and what they tell of. Pure.
#pragma once

#include "connector/webhook.h"

namespace praxisync::ashby {

/// See connector::ReadWebhook.
Result<connector::WebhookEvent> read_webhook(const connector::WebhookDelivery& delivery,
                                             std::span<const WebhookSecret> secrets, Timestamp now);

}  // namespace praxisync::ashby
