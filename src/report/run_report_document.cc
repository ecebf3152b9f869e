#include "report/run_report_document.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "report/funnel_json.h"
#include "report/json_time.h"
#include "report/run_document.h"

namespace praxisync::report {
namespace {

using Json = nlohmann::ordered_json;

Json scores_of(const store::ScoreSpread& spread) {
  return {{"people", spread.count}, {"median", spread.median}, {"by_tens", spread.people}};
}

Json times_of(const store::TimeSpread& spread) {
  Json steps = Json::array();
  for (std::size_t i = 0; i < spread.people.size(); ++i) {
    const bool last = i == spread.kEnds.size();
    steps.push_back({{"less_than_hours", last ? Json(nullptr) : Json(spread.kEnds[i].count())},
                     {"people", spread.people[i]}});
  }
  return {{"people", spread.count},
          {"median_ms", spread.median.count()},
          {"by_steps", std::move(steps)}};
}

template <typename Spread, typename Make>
Json of_route(const std::vector<Spread>& all, const RouteName& route, Make make) {
  const auto found = std::ranges::find(all, route, &Spread::route);
  return found == all.end() ? Json(nullptr) : make(*found);
}

Json routes_of(const RunReport& report) {
  Json routes = Json::array();
  for (const store::RouteFunnel& route : report.funnel) {
    Json one = funnel_of(route);
    one["scores"] = of_route(report.scores, route.route, scores_of);
    one["times"] = of_route(report.times, route.route, times_of);
    routes.push_back(std::move(one));
  }
  return routes;
}

Json attention_in(const RunReport& report) {
  Json all = Json::array();
  for (const Attention& entry : report.attention) {
    all.push_back({{"kind", to_string(entry.kind)},
                   {"where", entry.where},
                   {"what", entry.what},
                   {"count", entry.count},
                   {"mend", entry.mend}});
  }
  return all;
}

Json blocked_of(const RunReport& report) {
  Json people = Json::array();
  for (const NeedsPerson& person : report.blocked) {
    people.push_back({{"route", person.route.text()},
                      {"connector", person.connector.text()},
                      {"application_id", person.application.text()},
                      {"name", person.name},
                      {"email", person.email},
                      {"reason", person.reason},
                      {"since", format_timestamp(person.since)}});
  }
  return {{"masked", report.persons == Persons::Masked},
          {"people", std::move(people)},
          {"not_listed", report.blocked_not_listed}};
}

Json steps_of(const RunReport& report) {
  Json steps = Json::array();
  for (const StepTime& step : report.steps)
    steps.push_back({{"step", step.name}, {"took_ms", step.took.count()}, {"times", step.times}});
  return steps;
}

Json allowance_of(const std::optional<http::Allowance>& allowance) {
  if (!allowance) return nullptr;
  return {{"limit", allowance->limit},
          {"left", allowance->left(http::Draw::Work)},
          {"closed_until", time_of(allowance->closed_until)}};
}

}  // namespace

std::string run_report_document(const RunReport& report) {
  Json document = Json::parse(run_document(report.run, report.requests));
  document["took_ms"] = report.took().count();
  document["steps"] = steps_of(report);
  document["routes"] = routes_of(report);
  document["budget"] = {{"reads", allowance_of(report.reads)},
                        {"writes", allowance_of(report.writes)}};
  document["attention"] = attention_in(report);
  document["blocked"] = blocked_of(report);
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace praxisync::report
