#include "report/plan_document.h"

#include <nlohmann/json.hpp>

namespace praxisync::report {

std::string plan_document(const sync::Plan& plan) {
  using Json = nlohmann::ordered_json;
  Json contacts = Json::array(), writes = Json::array(), errors = Json::array();
  Json held_routes = Json::array();
  for (const store::GrownRoute& route : plan.grown) {
    held_routes.push_back({{"route", route.route.text()},
                           {"had", route.had},
                           {"has", route.has},
                           {"queued", route.queued}});
  }
  for (const sync::PlannedContact& contact : plan.contacts) {
    contacts.push_back({{"route", contact.route.text()},
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
              remaining ? Json(std::max(0, *remaining - plan.persons)) : Json(nullptr)}};
  }
  const Json document = {{"persons", plan.persons},
                         {"held", plan.held},
                         {"held_routes", std::move(held_routes)},
                         {"unsettled", plan.unsettled},
                         {"requests", {{"reads", plan.reads}, {"writes", plan.write_calls}}},
                         {"seconds_until_done", plan.until_done.count() / 1000},
                         {"quota", std::move(quota)},
                         {"contacts", std::move(contacts)},
                         {"write_backs", std::move(writes)},
                         {"errors", std::move(errors)}};
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace praxisync::report
