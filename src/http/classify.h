/// What is to be done about an answer: pure functions, tested by tables.
#pragma once

#include <optional>
#include <string_view>

#include "domain/result.h"
#include "domain/time.h"
#include "http/transport.h"

namespace praxisync::http {

/// What to do about an answer that is not a success. Statuses of one meaning across peers only; a
/// peer's own codes (403 INVITE_QUOTA_EXCEEDED) are its client's business.
///   401, 403 -> Unauthorized; 429 -> Throttled; 408, 425, 500, 502, 503, 504 and other 5xx ->
///   Transient where the request is Repeat::Safe, else OutcomeUnknown (a 503 that carries
///   Retry-After is Throttled when Safe); 3xx -> Malformed when Safe, else OutcomeUnknown (a
///   redirect is never followed); other 4xx -> Rejected; anything else -> Malformed.
ErrorKind classify(const Response& reply, Repeat repeat);

/// How long the peer asks to wait: seconds or an HTTP date (RFC 9110 10.2.3), clamped to [1 s, 1
/// h]. nullopt where the header is missing or is neither. A date is taken relative to the reply's
/// own `Date` header where there is one, so that a skewed clock of ours does not matter.
std::optional<Milliseconds> retry_after(const Response& reply, Timestamp now);

/// The reply as an error of its class: "HTTP 503 from api.example.com"; retry_at is set for
/// Throttled: retry_after, or `unsaid` where the peer does not say (by default the Assess API's
/// rolling hour).
Error error_of(const Request& request, const Response& reply, Timestamp now,
               Milliseconds unsaid = std::chrono::hours{1});

}  // namespace praxisync::http
