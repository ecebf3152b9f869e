#include "sandbox/orders.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "sandbox/routing.h"

namespace praxisync::sandbox {
namespace {

using Json = nlohmann::ordered_json;

constexpr Milliseconds kLongestDelay = std::chrono::minutes{1};

http::Response drive_clock(DrivenClock& clock, const Json& body) {
  if (body.contains("advance")) {
    const auto span = body["advance"].is_string()
                          ? parse_duration(body["advance"].get<std::string>())
                          : std::nullopt;
    if (!span) return refused("advance must be a duration such as \"1h30m\"");
    clock.advance(*span);
  }
  if (body.contains("set")) {
    const auto at =
        body["set"].is_string() ? parse_timestamp(body["set"].get<std::string>()) : std::nullopt;
    if (!at) return refused("set must be a time such as \"2026-01-05T09:00:00Z\"");
    if (*at < clock.now()) return refused("the clock is past that time, and never goes back");
    clock.sleep_until(*at);
  }
  return reply(200, {{"now", format_timestamp(clock.now())}});
}

std::optional<http::Method> parse_method(std::string_view text) {
  for (const auto method : {http::Method::Get, http::Method::Post, http::Method::Put,
                            http::Method::Patch, http::Method::Delete}) {
    if (to_string(method) == text) return method;
  }
  return std::nullopt;
}

http::Response add_fault(Faults& faults, const Json& body) {
  const auto kind = parse_fault_kind(text(body, "fault"));
  if (!kind) {
    return refused(
        "fault must be drop_before, drop_after_applying, status, status_after_applying, truncate "
        "or delay");
  }
  Fault fault{.kind = *kind};
  if (body.contains("method")) {
    fault.method = parse_method(text(body, "method"));
    if (!fault.method) return refused("method must be GET, POST, PUT, PATCH or DELETE");
  }
  fault.path = text(body, "path");
  fault.body = text(body, "body");
  const auto skip = number(body, "skip", 0, 0, 1'000'000);
  const auto times = number(body, "times", 1, 1, 1'000'000);
  const auto status = number(body, "status", 500, 200, 599);
  const auto bytes = number(body, "bytes", 0, 0, 1 << 20);
  if (!skip || !times || !status || !bytes)
    return refused("skip, times, status or bytes is out of bounds");
  fault.skip = *skip;
  fault.times = *times;
  fault.status = *status;
  fault.bytes = static_cast<std::size_t>(*bytes);
  if (body.contains("delay")) {
    const auto delay = parse_duration(text(body, "delay"));
    if (!delay || *delay > kLongestDelay)
      return refused("delay must be a duration of one minute at the most");
    fault.delay = *delay;
  }
  if (const auto headers = body.find("headers"); headers != body.end()) {
    if (!headers->is_object()) return refused("headers must be an object");
    for (const auto& [name, value] : headers->items()) {
      if (!value.is_string()) return refused("a header's value must be a string");
      fault.headers.push_back({name, value.get<std::string>()});
    }
  }
  faults.add(std::move(fault));
  return reply(200, {{"waiting", faults.waiting()}});
}

}  // namespace

http::Response reply(int status, const Json& document) {
  return {status,
          {{"Content-Type", "application/json"}},
          document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"};
}

http::Response refused(std::string_view why) { return reply(400, {{"error", why}}); }

std::string text(const Json& body, const char* name) {
  const auto found = body.find(name);
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::optional<int> number(const Json& body, const char* name, int fallback, int low, int high) {
  const auto found = body.find(name);
  if (found == body.end()) return fallback;
  if (!found->is_number_integer()) return std::nullopt;
  const auto value = found->get<std::int64_t>();
  if (value < low || value > high) return std::nullopt;
  return static_cast<int>(value);
}

std::optional<Json> read_order(const http::Request& request) {
  Json body = request.body.empty() ? Json::object() : Json::parse(request.body, nullptr, false);
  if (!body.is_object()) return std::nullopt;
  return body;
}

std::optional<http::Response> order(Faults& faults, DrivenClock& clock,
                                    const http::Request& request) {
  const std::string path = parse_target(request.url).path;
  const bool of_clock = path == "/__sandbox/clock", of_faults = path == "/__sandbox/faults";
  if (of_faults && request.method == http::Method::Delete) {
    faults.clear();
    return reply(200, {{"waiting", 0}});
  }
  if ((!of_clock && !of_faults) || request.method != http::Method::Post) return std::nullopt;
  const std::optional<Json> body = read_order(request);
  if (!body) return refused("the body must be a JSON object");
  return of_clock ? drive_clock(clock, *body) : add_fault(faults, *body);
}

}  // namespace praxisync::sandbox
