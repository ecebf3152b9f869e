/// What a webhook delivery of the Assess API tells of (source 002, 'Event Types & Payloads'). Its
/// signature is checked by whoever receives it: domain/webhook_signature.h.
#pragma once

#include <string>
#include <string_view>

#include "domain/ids.h"

namespace praxisync::assess {

inline constexpr std::string_view kTestEvent = "webhook.test";

/// Empty where the body does not say, or cannot be read: nothing but hints is taken out of it.
struct WebhookEvent {
  std::string event;  ///< "candidate.passed"
  AssessmentSlug assessment;
};

WebhookEvent read_webhook_event(std::string_view body);

}  // namespace praxisync::assess
