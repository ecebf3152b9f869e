#include "report/termination_message.h"

#include <nlohmann/json.hpp>

#include "domain/text.h"
#include "report/run_document.h"

namespace praxisync::report {
namespace {

using Json = nlohmann::ordered_json;

/// What one error may take, so that there is room for several.
constexpr std::size_t kMostOfAnError = 400;

std::string line_of(const Json& message) {
  return message.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Of the run's document, so that both have the same names.
Json not_zero(const Json& counts) {
  Json kept = Json::object();
  for (const auto& [name, count] : counts.items()) {
    if (count != 0) kept[name] = count;
  }
  return kept;
}

}  // namespace

std::string termination_message(const sync::RunReport& report) {
  const Json document = Json::parse(run_document(report, {}));
  Json message = {{"exit_code", sync::exit_code(report.ending)},
                  {"reason", to_string(report.ending)},
                  {"run", static_cast<std::int64_t>(report.run)}};
  if (report.resume_at) message["resume_at"] = format_timestamp(*report.resume_at);
  message["counts"] = not_zero(document["counts"]);
  message["backlog"] = not_zero(document["backlog"]);
  Json& errors = message["errors"] = Json::array();
  int left_out = report.problems_not_listed + static_cast<int>(report.problems.size());
  for (const sync::Problem& problem : report.problems) {
    message["errors_not_listed"] = --left_out;
    errors.push_back({{"where", printable(problem.where, kMostOfAnError)},
                      {"what", printable(problem.what, kMostOfAnError)},
                      {"count", problem.count}});
    if (line_of(message).size() <= kMostOfATerminationMessage) continue;
    errors.erase(errors.size() - 1);
    message["errors_not_listed"] = left_out + 1;
    break;
  }
  return line_of(message);
}

std::string termination_message(int exit_code, std::string_view reason) {
  return line_of(
      {{"exit_code", exit_code}, {"reason", printable(reason, kMostOfATerminationMessage / 4)}});
}

}  // namespace praxisync::report
