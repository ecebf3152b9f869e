#include "http/trace_context.h"

#include <fmt/format.h>

#include <algorithm>

#include "domain/text.h"

namespace praxisync::http {
namespace {

// version "-" trace-id "-" parent-id "-" flags
constexpr std::size_t kTraceAt = 3, kParentAt = 36, kFlagsAt = 53, kSize = 55;
constexpr std::size_t kLongestState = 512;

bool is_hex(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_id(std::string_view text) {
  return is_hex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

bool is_sampled(char last_flag) {
  const int value = last_flag <= '9' ? last_flag - '0' : last_flag - 'a' + 10;
  return value % 2 == 1;
}

bool can_be_a_state(std::string_view text) {
  return text.size() <= kLongestState &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

std::string value_of(const std::map<std::string, std::string>& environment, const char* name) {
  const auto found = environment.find(name);
  return found == environment.end() ? std::string() : found->second;
}

std::string new_span(Random& random) {
  std::uint64_t id = 0;
  while (id == 0) id = random.next();
  return fmt::format("{:016x}", id);
}

}  // namespace

Result<TraceContext> parse_traceparent(std::string_view text) {
  const auto wrong = [](const char* why) { return Error{ErrorKind::Rejected, why}; };
  if (text.size() < kSize || text[2] != '-' || text[kParentAt - 1] != '-' ||
      text[kFlagsAt - 1] != '-') {
    return wrong("it is not VERSION-TRACEID-SPANID-FLAGS");
  }
  const std::string_view version = text.substr(0, 2);
  if (!is_hex(version) || version == "ff") return wrong("its version is none");
  if (text.size() > kSize && (version == "00" || text[kSize] != '-'))
    return wrong("there is more behind its flags");
  const std::string_view trace = text.substr(kTraceAt, 32), parent = text.substr(kParentAt, 16);
  if (!is_id(trace)) return wrong("its trace id is not 32 lower-case hexadecimal digits");
  if (!is_id(parent)) return wrong("its span id is not 16 lower-case hexadecimal digits");
  if (!is_hex(text.substr(kFlagsAt, 2))) return wrong("its flags are not 2 hexadecimal digits");
  return TraceContext{std::string(trace), std::string(parent), is_sampled(text[kFlagsAt + 1]), {}};
}

FoundTrace trace_in(const std::map<std::string, std::string>& environment) {
  const std::string parent = value_of(environment, "TRACEPARENT");
  if (parent.empty() || to_lower(value_of(environment, "OTEL_SDK_DISABLED")) == "true") return {};
  Result<TraceContext> context = parse_traceparent(parent);
  if (!context) return {std::nullopt, "TRACEPARENT is ignored: " + context.error().what};
  FoundTrace found{std::move(*context), {}};
  const std::string state = value_of(environment, "TRACESTATE");
  if (can_be_a_state(state)) {
    found.context->state = state;
  } else {
    found.warning = "TRACESTATE is ignored: it is not 512 printable characters at most";
  }
  return found;
}

Result<Response> TraceTransport::send(const Request& request) {
  if (!context_) return next_.send(request);
  Request traced = request;
  traced.headers.push_back(
      {"traceparent", fmt::format("00-{}-{}-{}", context_->trace_id, new_span(random_),
                                  context_->sampled ? "01" : "00")});
  if (!context_->state.empty()) traced.headers.push_back({"tracestate", context_->state});
  return next_.send(traced);
}

}  // namespace praxisync::http
