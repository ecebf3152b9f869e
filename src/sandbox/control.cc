#include "sandbox/control.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "sandbox/page.h"
#include "sandbox/state_report.h"

namespace praxisync::sandbox {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kControl = "/__sandbox/";
constexpr Milliseconds kLongestDelay = std::chrono::minutes{1};

http::Response reply(int status, const Json& document) {
  return {status,
          {{"Content-Type", "application/json"}},
          document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"};
}

http::Response refused(std::string_view why) { return reply(400, {{"error", why}}); }

http::Response drive_clock(AssessSandbox& sandbox, DrivenClock& clock, const Json& body) {
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
  sandbox.catch_up();
  return reply(200, {{"now", format_timestamp(clock.now())}});
}

std::string text(const Json& body, const char* name) {
  const auto found = body.find(name);
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

/// The number under `name`, or `fallback`; nullopt where it is no number within the bounds.
std::optional<int> number(const Json& body, const char* name, int fallback, int low, int high) {
  const auto found = body.find(name);
  if (found == body.end()) return fallback;
  if (!found->is_number_integer()) return std::nullopt;
  const auto value = found->get<std::int64_t>();
  if (value < low || value > high) return std::nullopt;
  return static_cast<int>(value);
}

http::Response move_candidate(AssessSandbox& sandbox, const Json& body) {
  const std::string token = body.contains("token")
                                ? text(body, "token")
                                : sandbox.token_of(text(body, "email"), text(body, "assessment"));
  const std::string step = text(body, "do");
  const auto fullscreen = number(body, "fullscreen", 0, 0, 1000);
  const auto copy_paste = number(
      body, "copy_paste", step == "violate" && !body.contains("fullscreen") ? 1 : 0, 0, 1000);
  if (!fullscreen || !copy_paste) return refused("fullscreen or copy_paste is out of bounds");
  const Violations violations{*fullscreen, *copy_paste};
  Result<void> done = Error{ErrorKind::Rejected, "do must be start, finish, violate or expire"};
  if (step == "start") {
    done = sandbox.start(token);
  } else if (step == "violate") {
    done = sandbox.violate(token, violations);
  } else if (step == "expire") {
    done = sandbox.expire(token);
  } else if (step == "finish") {
    const auto score = body.find("score");
    const bool percentage = score != body.end() && score->is_number() &&
                            score->get<double>() >= 0 && score->get<double>() <= 100;
    if (!percentage) return refused("score must be a number from 0 to 100");
    done = sandbox.finish(token, score->get<double>(), violations);
  }
  if (!done) return refused(done.error().what);
  return reply(200, {{"done", step}});
}

std::optional<http::Method> parse_method(std::string_view text) {
  for (const auto method : {http::Method::Get, http::Method::Post, http::Method::Put,
                            http::Method::Patch, http::Method::Delete}) {
    if (to_string(method) == text) return method;
  }
  return std::nullopt;
}

http::Response add_fault(AssessSandbox& sandbox, const Json& body) {
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
  sandbox.faults().add(std::move(fault));
  return reply(200, {{"waiting", sandbox.faults().waiting()}});
}

http::Response page() {
  return {200,
          {{"Content-Type", "text/html; charset=utf-8"},
           {"Cache-Control", "no-store"},
           {"X-Content-Type-Options", "nosniff"},
           {"Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
            "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"}},
          std::string(kPage)};
}

http::Response json(std::string document) {
  return {200,
          {{"Content-Type", "application/json"},
           {"Cache-Control", "no-store"},
           {"X-Content-Type-Options", "nosniff"}},
          std::move(document)};
}

http::Response tell_truth(const AssessSandbox& sandbox) {
  const World& world = sandbox.world();
  std::set<std::pair<Number, std::string>> invited, mailed, enrolled;
  int invited_twice = 0, mailed_twice = 0, emails = 0, enrolled_twice = 0;
  std::size_t by_status[4] = {};
  for (const Invitation& row : world.invitations) {
    emails += row.emails_sent;
    const bool mailed_at_once = row.sent_at == row.created_at;
    if (mailed_at_once && !mailed.emplace(row.assessment, row.email_key).second) ++mailed_twice;
    if (row.cancelled) continue;
    ++by_status[static_cast<std::size_t>(row.status)];
    if (!invited.emplace(row.assessment, row.email_key).second) ++invited_twice;
  }
  for (const Enrollment& row : world.enrollments) {
    if (!enrolled.emplace(row.pipeline, row.email_key).second) ++enrolled_twice;
  }
  const RequestCounts& requests = sandbox.requests();
  return reply(200, {{"invitations", world.listed.size()},
                     {"cancelled", world.invitations.size() - world.listed.size()},
                     {"pending", by_status[0]},
                     {"started", by_status[1]},
                     {"completed", by_status[2]},
                     {"expired", by_status[3]},
                     {"invited_twice", invited_twice},
                     {"emails", emails},
                     {"mailed_twice", mailed_twice},
                     {"enrollments", world.enrollments.size()},
                     {"enrolled_twice", enrolled_twice},
                     {"requests",
                      {{"reads", requests.reads},
                       {"writes", requests.writes},
                       {"throttled", requests.throttled},
                       {"unauthorized", requests.unauthorized}}}});
}

}  // namespace

bool is_control_path(std::string_view path) { return path == "/" || path.starts_with(kControl); }

http::Response control(AssessSandbox& sandbox, DrivenClock& clock, const http::Request& request) {
  const std::string path = parse_target(request.url).path;
  if (request.method == http::Method::Get) {
    if (path == "/") return page();
    if (path == "/__sandbox/state") return sandbox.catch_up(), json(state_document(sandbox));
    if (path == "/__sandbox/deliveries")
      return sandbox.catch_up(), json(deliveries_document(sandbox));
    if (path == "/__sandbox/truth") return sandbox.catch_up(), tell_truth(sandbox);
    return reply(404, {{"error", "not found"}});
  }
  if (request.method == http::Method::Delete && path == "/__sandbox/faults") {
    sandbox.faults().clear();
    return reply(200, {{"waiting", 0}});
  }
  const Json body =
      request.body.empty() ? Json::object() : Json::parse(request.body, nullptr, false);
  if (!body.is_object()) return refused("the body must be a JSON object");
  if (request.method == http::Method::Post) {
    if (path == "/__sandbox/clock") return drive_clock(sandbox, clock, body);
    if (path == "/__sandbox/candidates") return move_candidate(sandbox, body);
    if (path == "/__sandbox/faults") return add_fault(sandbox, body);
  }
  return reply(404, {{"error", "not found"}});
}

}  // namespace praxisync::sandbox
