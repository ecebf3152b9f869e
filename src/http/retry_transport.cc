#include "http/retry_transport.h"

#include <optional>
#include <utility>

#include "http/classify.h"

namespace praxisync::http {
namespace {

struct Obstacle {
  std::string why;
  std::optional<Milliseconds> retry_after{};
};

/// Why the request should be sent again; nullopt where it should not, or must not.
std::optional<Obstacle> obstacle(const Request& request, const Result<Response>& reply,
                                 Unsaid unsaid, Timestamp now) {
  if (!reply) {
    if (reply.error().kind != ErrorKind::Transient) return std::nullopt;
    return Obstacle{.why = reply.error().what};
  }
  if (reply->status < 400) return std::nullopt;
  const ErrorKind kind = classify(*reply, request.repeat);
  if (kind != ErrorKind::Transient && kind != ErrorKind::Throttled) return std::nullopt;
  const std::optional<Milliseconds> wait = retry_after(*reply, now);
  if (kind == ErrorKind::Throttled && !wait && unsaid == Unsaid::GiveBack) return std::nullopt;
  return Obstacle{.why = error_of(request, *reply, now).what, .retry_after = wait};
}

}  // namespace

RetryTransport::RetryTransport(Transport& next, Clock& clock, Random& random, RetryPolicy policy,
                               std::function<void(const RetryNotice&)> notice)
    : next_(next),
      clock_(clock),
      random_(random),
      policy_(std::move(policy)),
      notice_(std::move(notice)) {}

Result<Response> RetryTransport::send(const Request& request) {
  ++requests_;
  for (int attempt = 1;; ++attempt) {
    Result<Response> reply = next_.send(request);
    const Timestamp now = clock_.now();
    const std::optional<Obstacle> met = obstacle(request, reply, policy_.unsaid, now);
    if (!met || attempt >= policy_.max_attempts) return reply;
    if (met->retry_after && *met->retry_after > policy_.max_wait) return reply;
    const Milliseconds wait = backoff(policy_.backoff, attempt, random_.unit(), met->retry_after);
    if (policy_.deadline && now + wait > policy_.deadline()) return reply;
    if (!take_retry()) return reply;
    if (notice_) notice_({.attempt = attempt, .wait = wait, .why = met->why});
    clock_.sleep_until(now + wait);
    if (clock_.now() < now + wait) {
      return Error{ErrorKind::Exhausted, "told to stop while waiting to repeat a request"};
    }
  }
}

bool RetryTransport::take_retry() {
  if (retries_ >= policy_.free_retries + requests_ * policy_.percent / 100) return false;
  ++retries_;
  return true;
}

}  // namespace praxisync::http
