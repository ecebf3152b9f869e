#include "config/route_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "config/policy_reader.h"
#include "config/schema.h"
#include "config/table_reader.h"
#include "domain/template.h"
#include "domain/text.h"

namespace praxisync::config {
namespace {

constexpr DurationRange kRemindAfter{std::chrono::minutes{1}, std::chrono::hours{24 * 365}};
constexpr int kMaxReminders = 10;

/// One `[[route]]` on its way to a Route.
class RouteReader {
 public:
  RouteReader(const Node& section, std::string title, const std::vector<Declared>& connectors,
              Findings& findings)
      : section_(section),
        connectors_(connectors),
        findings_(findings),
        reader_(section, std::move(title), route_keys(), findings) {}

  Route read() {
    route_.priority = static_cast<int>(
        reader_.integer({"priority", Need::Optional, "10"}, {-100, 100}).value_or(0));
    route_.share = reader_.percent({"share", Need::Optional, "\"20%\""}, 100).value_or(0);
    read_source();
    read_target();
    read_invitation();
    if (const auto cancel = reader_.boolean({"cancel_when_left", Need::Optional, "true"})) {
      route_.cancel_when_left = *cancel ? CancelWhenLeft::Yes : CancelWhenLeft::No;
    }
    route_.on_passed = read_policy(reader_, "on_passed", spec_);
    route_.on_failed = read_policy(reader_, "on_failed", spec_);
    route_.on_expired = read_policy(reader_, "on_expired", spec_);
    route_.on_cancelled = read_policy(reader_, "on_cancelled", spec_);
    route_.on_withdrawn = read_policy(reader_, "on_withdrawn", spec_);
    return std::move(route_);
  }

 private:
  void read_source() {
    const auto connector = reader_.text({"connector", Need::Required, "\"name of a connector\""});
    if (connector) find_connector(*connector);
    route_.job = reader_.text({"job", Need::Required, R"("Senior Backend Engineer")"}).value_or("");
    route_.stage = reader_.text({"stage", Need::Required, R"("Technical Test")"}).value_or("");
  }

  void find_connector(const std::string& name) {
    const auto found = std::ranges::find(connectors_, name, &Declared::name);
    if (found != connectors_.end()) {
      route_.connector = ConnectorName(name);
      spec_ = found->spec;
      return;
    }
    std::vector<std::string> names;
    for (const Declared& connector : connectors_) names.push_back(connector.name);
    std::string hint = did_you_mean_hint(name, names);
    if (hint.empty()) {
      hint =
          names.empty() ? "add a [[connector]] with this name" : "there is " + quoted_list(names);
    }
    findings_.error(section_.find("connector")->value.where,
                    fmt::format("no connector is named \"{}\"", printable(name, 60)), hint);
  }

  void read_target() {
    const Entry* assessment = section_.find("assessment");
    const Entry* pipeline = section_.find("pipeline");
    if ((assessment == nullptr) == (pipeline == nullptr)) {
      const Where& where = pipeline == nullptr ? section_.where : pipeline->where;
      findings_.error(
          where, "a route needs exactly one of \"assessment\" and \"pipeline\"",
          pipeline == nullptr ? R"(add assessment = "its-slug")" : "take one of them out");
      return;
    }
    const std::string key = assessment == nullptr ? "pipeline" : "assessment";
    const auto slug = reader_.text({key, Need::Required, "\"its-slug\""});
    if (!slug) return;
    const bool plain = std::ranges::all_of(*slug, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
    if (!plain || slug->size() > 200) {
      findings_.error(section_.find(key)->value.where, fmt::format("\"{}\" is not a slug", key),
                      "a slug has letters a to z, digits, '-' and '_', as in the URL of its page");
      return;
    }
    route_.target = {assessment == nullptr ? TargetKind::Pipeline : TargetKind::Assessment, *slug};
  }

  void read_invitation() {
    if (const auto send = reader_.boolean({"send_email", Need::Optional, "true"})) {
      route_.send_email = *send ? SendEmail::Yes : SendEmail::No;
      note_if_for_pipeline("send_email", "a pipeline sends its invitations itself");
    }
    if (auto role = reader_.text({"role", Need::Optional, "\"{job}\""}))
      read_role(std::move(*role));
    route_.remind_after =
        reader_.duration({"remind_after", Need::Optional, "\"72h\""}, kRemindAfter);
    const auto reminders =
        reader_.integer({"max_reminders", Need::Optional, "2"}, {0, kMaxReminders});
    if (!reminders) return;
    route_.max_reminders = static_cast<int>(*reminders);
    if (section_.find("remind_after") == nullptr) {
      findings_.warning(section_.find("max_reminders")->where,
                        "\"max_reminders\" does nothing without \"remind_after\"",
                        R"(add remind_after = "72h")");
    }
  }

  void read_role(std::string role) {
    note_if_for_pipeline("role", "an enrollment has no role");
    if (!usable_template(*section_.find("role"), role, role_variables(), findings_)) return;
    route_.role = std::move(role);
  }

  void note_if_for_pipeline(const std::string& key, std::string why) {
    if (section_.find("pipeline") == nullptr) return;
    findings_.warning(section_.find(key)->where,
                      fmt::format("\"{}\" does nothing with a pipeline", key), std::move(why));
  }

  const Node& section_;
  const std::vector<Declared>& connectors_;
  Findings& findings_;
  TableReader reader_;
  const connector::ConnectorSpec* spec_ = nullptr;
  Route route_;
};

}  // namespace

Routes read_routes(const Node& list, const std::vector<Declared>& connectors, Findings& findings) {
  Routes routes;
  for (const Node& section : list.items) {
    const auto name = read_name(section, "the route", findings);
    const std::string title = name ? fmt::format("route \"{}\"", *name) : "the route";
    Route route = RouteReader(section, title, connectors, findings).read();
    if (!name) continue;
    route.name = RouteName(*name);
    if (!routes.places.emplace(route.name, section.where).second) {
      findings.error(section.find("name")->value.where,
                     fmt::format("a second route is named \"{}\"", *name),
                     "give each its own name");
    }
    routes.ready.push_back(std::move(route));
  }
  int shares = 0;
  for (const Route& route : routes.ready) shares += route.share;
  if (shares > 100) {
    findings.error(list.where, fmt::format("the routes' shares come to {} %", shares),
                   "take some down: together they may be 100 % at most");
  }
  return routes;
}

}  // namespace praxisync::config
