/// Reports for the writers' tests: one with something of everything, one of a run that did nothing,
/// and one that is as large as a report gets.
#pragma once

#include "report/run_report.h"

namespace praxisync::report {

/// What somebody would put in a name to break out of HTML, Markdown, XML and a workflow command.
inline constexpr const char* kHostile =
    "<img src=x onerror=alert(1)>\"'&| `](http://evil.example)\n# Boss\n::error::x\n@team #1 "
    "]]>\x01";

inline sync::RunReport sample_run(sync::Ending ending = sync::Ending::Done) {
  sync::RunReport run;
  run.run = RunKey{12};
  run.started_at = *parse_timestamp("2026-03-02T08:00:00Z");
  run.finished_at = *parse_timestamp("2026-03-02T08:00:02.500Z");
  run.ending = ending;
  run.evidence.all_expected = true;
  return run;
}

inline RunReport empty_report(sync::Ending ending = sync::Ending::Done) {
  RunReport report;
  report.run = sample_run(ending);
  return report;
}

inline Route sample_route(const std::string& name, const std::string& assessment = "screen") {
  Route route;
  route.name = RouteName(name);
  route.connector = ConnectorName("gh");
  route.target = {TargetKind::Assessment, assessment};
  return route;
}

/// `name` stands wherever a text comes from outside.
inline RunReport full_report(const std::string& name = "backend") {
  RunReport report;
  report.run = sample_run(sync::Ending::Records);
  report.run.counts = {.pulled = 250, .invited = 190, .blocked = 2, .passed = 7};
  report.run.backlog.blocked = 3;
  report.run.quota = assess::Quota{.plan = name, .limit = 500, .used = 250, .remaining = 250};
  report.run.least = {.reads = 2, .writes = 3};
  report.run.decisions = {{name, name}};
  report.run.evidence.streams = {{"pull gh", true}, {name, false}};
  report.run.evidence.contacts = {.planned = 3, .done = 1, .skipped = 1, .failed = 1};
  report.run.problems = {{name, ErrorKind::Malformed, name, 3}};
  report.run.planned = 5;
  report.run.dropped = {
      {ConnectorName("gh"), ApplicationId(name), RouteName(name), "invite", name}};
  report.requests = {3, 64, 1, {{name, {5, 1}}}};
  report.steps = {{name, Milliseconds{1200}, 2}, {"pull gh", Milliseconds{300}, 1}};
  report.asked = {{sample_route(name)}, {ConnectorName("gh")}};
  report.funnel = {{RouteName(name), 200, 190, 150, 120, 90, 60, 30, 80}};
  store::ScoreSpread scores;
  scores.route = RouteName(name);
  scores.people = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  scores.count = 55;
  scores.median = 72.5;
  report.scores = {scores};
  store::TimeSpread times;
  times.route = RouteName(name);
  times.people = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  times.count = 45;
  times.median = std::chrono::hours{30};
  report.times = {times};
  report.reads = http::Allowance{.limit = 500, .reserve = 50, .used = 3};
  report.writes = http::Allowance{.limit = 100, .used = 64};
  report.attention = {
      {Attention::Kind::Blocked, name, "email: missing", "Put the address right.", 2}};
  report.news = report.attention;
  report.blocked = {{RouteName(name), ConnectorName("gh"), ApplicationId("app-1"), name, name, name,
                     report.run.started_at}};
  report.blocked_not_listed = 2;
  return report;
}

inline RunReport huge_report() {
  RunReport report = full_report();
  for (int i = 0; i < 2000; ++i) {
    store::RouteFunnel route = report.funnel.front();
    route.route = RouteName("route-" + std::to_string(i) + std::string(150, 'x'));
    report.funnel.push_back(route);
    report.attention.push_back({Attention::Kind::Refused, route.route.text(), std::string(300, 'y'),
                                std::string(200, 'z'), 1});
    sync::Dropped action = report.run.dropped.front();
    action.reason = std::string(300, 'w');
    for (int more = 0; more < 4; ++more) report.run.dropped.push_back(action);
  }
  return report;
}

}  // namespace praxisync::report
