#include "sandbox/control.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>

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
  sandbox.catch_up();
  return reply(200, {{"now", format_timestamp(clock.now())}});
}

std::string text(const Json& body, const char* name) {
  const auto found = body.find(name);
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

http::Response move_candidate(AssessSandbox& sandbox, const Json& body) {
  const std::string email = text(body, "email");
  const std::string slug = text(body, "assessment");
  const std::string step = text(body, "do");
  Result<void> done = Error{ErrorKind::Rejected, "do must be start, finish or expire"};
  if (step == "start") {
    done = sandbox.start(email, slug);
  } else if (step == "expire") {
    done = sandbox.expire(email, slug);
  } else if (step == "finish") {
    const auto score = body.find("score");
    const bool percentage = score != body.end() && score->is_number() &&
                            score->get<double>() >= 0 && score->get<double>() <= 100;
    if (!percentage) return refused("score must be a number from 0 to 100");
    done = sandbox.finish(email, slug, score->get<double>());
  }
  if (!done) return refused(done.error().what);
  return reply(200, {{"done", step}});
}

std::optional<http::Method> parse_method(std::string_view text) {
  for (const auto method :
       {http::Method::Get, http::Method::Post, http::Method::Patch, http::Method::Delete}) {
    if (to_string(method) == text) return method;
  }
  return std::nullopt;
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
    if (!fault.method) return refused("method must be GET, POST, PATCH or DELETE");
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
    if (path == "/") return {200, {{"Content-Type", "text/plain"}}, "praxisync sandbox: ok\n"};
    if (path == "/__sandbox/truth") return sandbox.catch_up(), tell_truth(sandbox);
    return reply(404, {{"error", "not found"}});
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
