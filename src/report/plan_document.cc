#include "report/plan_document.h"

#include <nlohmann/json.hpp>

#include "report/json_time.h"

namespace praxisync::report {

namespace {

using Json = nlohmann::ordered_json;

Json left_of(const std::optional<http::Allowance>& allowance) {
  return allowance ? Json(allowance->left(http::Draw::Work)) : Json(nullptr);
}

}  // namespace

std::string plan_document(const sync::Plan& plan) {
  Json contacts = Json::array(), writes = Json::array(), errors = Json::array();
  Json held_routes = Json::array();
  for (const store::GrownRoute& route : plan.grown) {
    held_routes.push_back({{"route", route.route.text()},
                           {"had", route.had},
                           {"has", route.has},
                           {"queued", route.queued}});
  }
  for (const sync::PlannedContact& contact : plan.contacts) {
    contacts.push_back({{"at", time_of(contact.at)},
                        {"route", contact.route.text()},
                        {"target_kind", to_string(contact.target.kind)},
                        {"target", contact.target.slug},
                        {"connector", contact.connector.text()},
                        {"application_id", contact.application.text()},
                        {"email", contact.email},
                        {"name", contact.name},
                        {"job", contact.job}});
  }
  for (const sync::PlannedWrite& write : plan.writes) {
    writes.push_back({{"connector", write.connector.text()},
                      {"application_id", write.application.text()},
                      {"route", write.route.text()},
                      {"action", to_string(write.kind)},
                      {"value", write.value}});
  }
  for (const sync::Problem& problem : plan.report.problems) {
    errors.push_back({{"where", problem.where},
                      {"kind", to_string(problem.kind)},
                      {"what", problem.what},
                      {"count", problem.count}});
  }
  Json quota = nullptr;
  if (plan.report.quota) {
    const auto& remaining = plan.report.quota->remaining;
    quota = {{"plan", plan.report.quota->plan},
             {"remaining", remaining ? Json(*remaining) : Json(nullptr)},
             {"remaining_after",
              remaining ? Json(std::max(0, *remaining - plan.persons)) : Json(nullptr)},
             {"dry_at", time_of(plan.quota_dry_at)}};
  }
  const Json document = {{"persons", plan.persons},
                         {"held", plan.held},
                         {"held_routes", std::move(held_routes)},
                         {"unsettled", plan.unsettled},
                         {"requests",
                          {{"reads", plan.reads},
                           {"writes", plan.write_calls},
                           {"reads_left", left_of(plan.reads_allowed)},
                           {"writes_left", left_of(plan.writes_allowed)}}},
                         {"done_at", time_of(plan.done_at)},
                         {"quota", std::move(quota)},
                         {"contacts", std::move(contacts)},
                         {"write_backs", std::move(writes)},
                         {"errors", std::move(errors)}};
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace praxisync::report
