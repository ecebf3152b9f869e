#include "http/classify.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "domain/text.h"
#include "http/http_date.h"
#include "http/url.h"

namespace praxisync::http {
namespace {

constexpr Milliseconds kLeastWait = std::chrono::seconds{1};
constexpr Milliseconds kMostWait = std::chrono::hours{1};

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

ErrorKind unless_safe(Repeat repeat, ErrorKind kind) {
  return repeat == Repeat::Safe ? kind : ErrorKind::OutcomeUnknown;
}

/// A redirect is never followed; its origin helps whoever mends the base URL. The rest of the
/// target may hold a token.
std::string redirect_note(const Response& reply) {
  if (reply.status < 300 || reply.status > 399) return {};
  const Result<Url> target = parse_url(header(reply.headers, "Location"));
  if (!target) return ", a redirect, which is not followed";
  return fmt::format(", a redirect to {}, which is not followed", to_string(target->origin));
}

}  // namespace

ErrorKind classify(const Response& reply, Repeat repeat) {
  const int status = reply.status;
  if (status == 401 || status == 403) return ErrorKind::Unauthorized;
  if (status == 429) return ErrorKind::Throttled;
  if (status == 408 || status == 425 || (status >= 500 && status <= 599)) {
    const bool waits = status == 503 && retry_after(reply, Timestamp{}).has_value();
    return unless_safe(repeat, waits ? ErrorKind::Throttled : ErrorKind::Transient);
  }
  if (status >= 300 && status <= 399) return unless_safe(repeat, ErrorKind::Malformed);
  if (status >= 400 && status <= 499) return ErrorKind::Rejected;
  return ErrorKind::Malformed;
}

std::optional<Milliseconds> retry_after(const Response& reply, Timestamp now) {
  const std::string_view text = trim(header(reply.headers, "Retry-After"));
  Milliseconds wait{};
  if (is_number(text)) {
    long long seconds = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (failure != std::errc{} || seconds > 3600) return kMostWait;
    wait = std::chrono::seconds{seconds};
  } else {
    const std::optional<Timestamp> until = parse_http_date(text);
    if (!until) return std::nullopt;
    wait = *until - date_of(reply).value_or(now);
  }
  return std::clamp(wait, kLeastWait, kMostWait);
}

Error error_of(const Request& request, const Response& reply, Timestamp now, Milliseconds unsaid) {
  const Result<Url> url = parse_url(request.url);
  Error error{
      classify(reply, request.repeat),
      fmt::format("HTTP {} from {}{}", reply.status,
                  url ? authority(url->origin) : "an unreadable URL", redirect_note(reply))};
  if (error.kind == ErrorKind::Throttled) {
    error.retry_at = now + retry_after(reply, now).value_or(unsaid);
  }
  return error;
}

}  // namespace praxisync::http
