#include "http/pace_transport.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "domain/text.h"
#include "http/classify.h"
#include "http/http_date.h"

namespace praxisync::http {
namespace {

/// Larger than this a reset is a point in time, not a span.
constexpr long long kFirstPlausibleTime = 1'000'000'000;

/// A larger number in a header is none.
constexpr long long kMostPlausible = 100 * kFirstPlausibleTime;

/// Rounded up, so that no window is taken for shorter than it is.
std::optional<long long> whole_number(std::string_view text) {
  text = trim(text);
  long long value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || value < 0 || value > kMostPlausible) return std::nullopt;
  // A fraction ("1.5") may follow; anything else is no number.
  const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const bool fraction =
      rest.starts_with('.') && std::all_of(rest.begin() + 1, rest.end(), is_digit);
  if (!rest.empty() && !fraction) return std::nullopt;
  return fraction ? value + 1 : value;
}

}  // namespace

std::optional<RateWindow> rate_window(const Response& reply, Timestamp now) {
  const auto remaining = whole_number(header(reply.headers, "X-RateLimit-Remaining"));
  const auto reset = whole_number(header(reply.headers, "X-RateLimit-Reset"));
  if (!remaining || !reset) return std::nullopt;
  Milliseconds wait = std::chrono::seconds{*reset};
  if (*reset >= kFirstPlausibleTime) {
    const Timestamp theirs = date_of(reply).value_or(now);
    wait = Timestamp(std::chrono::seconds{*reset}) - theirs;
  }
  return RateWindow{static_cast<int>(std::min<long long>(*remaining, 1'000'000)),
                    std::max(wait, Milliseconds{0})};
}

PaceTransport::PaceTransport(Transport& next, Clock& clock, PacePolicy policy)
    : next_(next), clock_(clock), policy_(std::move(policy)), tokens_(policy_.requests) {
  filled_at_ = clock_.now();
}

void PaceTransport::refill(Timestamp now) {
  // A clock that was set back adds nothing.
  const double spans = std::max(0.0, static_cast<double>((now - filled_at_).count()) /
                                         static_cast<double>(policy_.span.count()));
  tokens_ = std::min<double>(policy_.requests, tokens_ + spans * policy_.requests);
  filled_at_ = now;
}

Timestamp PaceTransport::turn(Timestamp now) {
  if (now < told_at_) closed_until_ = now;  // the clock was set back: the next answer tells anew
  Timestamp turn = std::max(now, closed_until_);
  if (policy_.requests > 0) {
    refill(now);
    const double missing = std::max(0.0, 1 - tokens_) / policy_.requests;
    turn = std::max(turn, now + Milliseconds{static_cast<Milliseconds::rep>(std::ceil(
                                    missing * static_cast<double>(policy_.span.count())))});
  }
  return turn;
}

Result<Response> PaceTransport::send(const Request& request) {
  const Timestamp now = clock_.now();
  const Timestamp at = turn(now);
  if (at > now) {
    if (at > now + policy_.longest_wait || (policy_.deadline && at > policy_.deadline())) {
      return Error{ErrorKind::Throttled, "the peer's rate window is used up", at};
    }
    clock_.sleep_until(at);
    if (clock_.now() < at) {
      return Error{ErrorKind::Exhausted, "told to stop while waiting for the rate window"};
    }
  }
  if (policy_.requests > 0) {
    refill(clock_.now());
    tokens_ -= 1;
  }
  Result<Response> reply = next_.send(request);
  if (!reply) return reply;
  told_at_ = clock_.now();
  const auto window = rate_window(*reply, told_at_);
  if (window && window->remaining == 0) closed_until_ = told_at_ + window->resets_in;
  const auto asked = reply->status == 429 ? retry_after(*reply, told_at_) : std::nullopt;
  if (asked) closed_until_ = std::max(closed_until_, told_at_ + *asked);
  return reply;
}

}  // namespace praxisync::http
