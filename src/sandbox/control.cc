#include "sandbox/control.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "sandbox/orders.h"
#include "sandbox/page.h"
#include "sandbox/state_report.h"

namespace praxisync::sandbox {
namespace {

using Json = nlohmann::ordered_json;

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

bool is_control_path(std::string_view path) { return path == "/" || path.starts_with(kOrders); }

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
  if (auto answer = order(sandbox.faults(), clock, request)) return sandbox.catch_up(), *answer;
  if (request.method != http::Method::Post || path != "/__sandbox/candidates")
    return reply(404, {{"error", "not found"}});
  const auto body = read_order(request);
  return body ? move_candidate(sandbox, *body) : refused("the body must be a JSON object");
}

}  // namespace praxisync::sandbox
