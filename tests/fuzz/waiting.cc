// What a peer's answer says of waiting: never below a second, never above an hour, and no number in
// a header is too large. Lines: status, Retry-After, Date, X-RateLimit-Limit,
// X-RateLimit-Remaining, X-RateLimit-Reset, the time in seconds since 1970.
#include <charconv>

#include "fuzz/fuzz.h"
#include "http/backoff.h"
#include "http/budget_transport.h"
#include "http/classify.h"
#include "http/http_date.h"
#include "http/pace_transport.h"

namespace praxisync::fuzz {
namespace {

constexpr Milliseconds kSecond = std::chrono::seconds{1};
constexpr Milliseconds kHour = std::chrono::hours{1};

std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// As http::parse_http_date takes them, in the form that servers send.
std::string http_date(Timestamp at) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::string iso = format_timestamp(at);  // 2026-11-21T08:15:00Z
  return std::string(kDays[std::chrono::weekday{day}.c_encoding()]) + ", " + iso.substr(8, 2) +
         ' ' + kMonths[static_cast<unsigned>(date.month()) - 1] + ' ' + iso.substr(0, 4) + ' ' +
         iso.substr(11, 8) + " GMT";
}

void check_date(std::string_view text) {
  const std::optional<Timestamp> at = http::parse_http_date(text);
  if (!at || *at < Timestamp{} || *at >= std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1}) {
    return;
  }
  PRAXISYNC_CHECK(http::parse_http_date(http_date(*at)) == at, "a date reads back as it was");
}

void check_wait(const http::Response& reply, Timestamp now) {
  const std::optional<Milliseconds> wait = http::retry_after(reply, now);
  PRAXISYNC_CHECK(!wait || (*wait >= kSecond && *wait <= kHour), "a wait is a second to an hour");
  const bool dated = http::parse_http_date(trim(http::header(reply.headers, "Date"))).has_value();
  PRAXISYNC_CHECK(!dated || http::retry_after(reply, Timestamp{}) == wait,
                  "a clock of ours that is wrong does not matter beside the peer's own date");
  const http::BackoffPolicy policy;
  for (const int attempt : {1, 2, 9, 1000}) {
    const Milliseconds span = http::backoff(policy, attempt, 0.5, wait);
    PRAXISYNC_CHECK(span >= policy.floor && (!wait || span >= *wait), "no wait is too short");
    PRAXISYNC_CHECK(span <= std::max(policy.cap, wait.value_or(kSecond) + policy.base),
                    "no wait is too long");
  }
}

void check_window(const http::Response& reply, Timestamp now) {
  if (const auto window = http::rate_window(reply, now)) {
    PRAXISYNC_CHECK(window->remaining >= 0 && window->remaining <= 1'000'000, "a count is bounded");
    PRAXISYNC_CHECK(window->resets_in >= Milliseconds{0}, "no window has reset in the future");
  }
  const http::Told told = http::told_by(reply, now);
  PRAXISYNC_CHECK(!told.limit || (*told.limit >= 0 && *told.limit <= 1'000'000), "so is a limit");
  PRAXISYNC_CHECK(!told.remaining || (*told.remaining >= 0 && *told.remaining <= 1'000'000),
                  "and what remains");
  PRAXISYNC_CHECK(told.closed_for.has_value() == (reply.status == 429), "429 closes, nothing else");
  PRAXISYNC_CHECK(!told.closed_for || (*told.closed_for >= kSecond && *told.closed_for <= kHour),
                  "for an hour at most");
}

void check_class(const http::Response& reply, Timestamp now) {
  for (const http::Repeat repeat : {http::Repeat::Safe, http::Repeat::Look, http::Repeat::Never}) {
    const http::Request request{.url = "https://a.example/x?q=word", .repeat = repeat};
    const Error error = http::error_of(request, reply, now);
    PRAXISYNC_CHECK(error.kind == http::classify(reply, repeat), "one class for one answer");
    PRAXISYNC_CHECK(repeat == http::Repeat::Safe || error.kind != ErrorKind::Transient,
                    "what may have taken effect is not sent again unlooked");
    PRAXISYNC_CHECK(error.retry_at.has_value() == (error.kind == ErrorKind::Throttled),
                    "only a throttled request says when");
    PRAXISYNC_CHECK(
        !error.retry_at || (*error.retry_at >= now + kSecond && *error.retry_at <= now + kHour),
        "and that is soon");
    PRAXISYNC_CHECK(error.what.find("?q=") == std::string::npos, "no query in an error");
    check_shown(error.what, 500);
  }
}

}  // namespace

void run(std::string_view input) {
  Pieces pieces(input);
  http::Response reply;
  reply.status = static_cast<int>(number(pieces.line()) % 1000);
  for (const char* name : {"Retry-After", "Date", "X-RateLimit-Limit", "X-RateLimit-Remaining",
                           "X-RateLimit-Reset", "Location"}) {
    reply.headers.push_back({name, std::string(pieces.line())});
  }
  const Timestamp now{
      std::chrono::seconds{std::clamp<std::int64_t>(number(pieces.line()), 0, 100'000'000'000)}};
  check_date(reply.headers[0].value);
  check_date(reply.headers[1].value);
  check_wait(reply, now);
  check_window(reply, now);
  check_class(reply, now);
}

}  // namespace praxisync::fuzz
