#include "report/run_document.h"

#include <nlohmann/json.hpp>

namespace praxisync::report {
namespace {

using Json = nlohmann::ordered_json;

Json counts_of(const sync::Counts& counts) {
  return {{"pulled", counts.pulled},
          {"queued", counts.queued},
          {"invited", counts.invited},
          {"already_invited", counts.already_invited},
          {"enrolled", counts.enrolled},
          {"blocked", counts.blocked},
          {"completed", counts.completed},
          {"passed", counts.passed},
          {"failed", counts.failed},
          {"expired", counts.expired},
          {"cancelled", counts.cancelled},
          {"reminded", counts.reminded},
          {"written_back", counts.written_back},
          {"failed_writes", counts.failed_writes},
          {"set_aside", counts.set_aside}};
}

Json requests_of(const sync::RunReport& report, const RequestTotals& requests) {
  Json ats = Json::object();
  for (const auto& [name, sent] : requests.ats)
    ats[name] = {{"requests", sent.requests}, {"throttled", sent.throttled}};
  return {{"assess",
           {{"reads", requests.assess_reads},
            {"writes", requests.assess_writes},
            {"throttled", requests.assess_throttled},
            {"least", report.least.reads + report.least.writes}}},
          {"ats", std::move(ats)}};
}

Json quota_of(const std::optional<assess::Quota>& quota) {
  if (!quota) return nullptr;
  const auto number = [](const std::optional<int>& value) {
    return value ? Json(*value) : Json(nullptr);
  };
  return {{"plan", quota->plan},
          {"limit", number(quota->limit)},
          {"remaining", number(quota->remaining)}};
}

Json decisions_of(const sync::RunReport& report) {
  Json decisions = Json::array();
  for (const sync::Decision& decision : report.decisions)
    decisions.push_back({{"what", decision.what}, {"why", decision.why}});
  return decisions;
}

Json tally_of(const sync::Tally& tally) {
  return {{"planned", tally.planned},
          {"done", tally.done},
          {"skipped", tally.skipped},
          {"failed", tally.failed}};
}

Json evidence_of(const sync::Evidence& evidence) {
  const std::vector<std::string> unread = evidence.unread();
  return {{"streams",
           {{"expected", evidence.streams.size()},
            {"read", evidence.streams.size() - unread.size()},
            {"unread", unread}}},
          {"contacts", tally_of(evidence.contacts)},
          {"write_backs", tally_of(evidence.write_backs)}};
}

Json errors_of(const sync::RunReport& report) {
  Json errors = Json::array();
  for (const sync::Problem& problem : report.problems) {
    errors.push_back({{"where", problem.where},
                      {"kind", to_string(problem.kind)},
                      {"what", problem.what},
                      {"count", problem.count}});
  }
  return errors;
}

/// Of a kept document, which may be anything.
std::string text_in(const Json& row, const char* key) {
  return row.is_object() && row.contains(key) && row[key].is_string() ? row[key].get<std::string>()
                                                                      : std::string();
}

Json rows_in(const std::string& document, const char* key) {
  Json json = Json::parse(document, nullptr, false);
  if (!json.is_object() || !json.contains(key) || !json[key].is_array()) return Json::array();
  return std::move(json[key]);
}

Json dropped_of(const sync::RunReport& report) {
  Json dropped = Json::array();
  for (const sync::Dropped& action : report.dropped) {
    dropped.push_back({{"connector", action.connector.text()},
                       {"application_id", action.application.text()},
                       {"route", action.route.text()},
                       {"action", action.action},
                       {"reason", action.reason}});
  }
  return dropped;
}

}  // namespace

std::string run_document(const sync::RunReport& report, const RequestTotals& requests) {
  Json run = {{"id", static_cast<std::int64_t>(report.run)},
              {"reason", to_string(report.ending)},
              {"exit_code", sync::exit_code(report.ending)},
              {"started_at", format_timestamp(report.started_at)},
              {"finished_at", format_timestamp(report.finished_at)}};
  if (report.resume_at) run["resume_at"] = format_timestamp(*report.resume_at);
  const Json document = {{"run", std::move(run)},
                         {"counts", counts_of(report.counts)},
                         {"backlog",
                          {{"queued", report.backlog.queued},
                           {"waiting", report.backlog.waiting},
                           {"to_write", report.backlog.to_write},
                           {"blocked", report.backlog.blocked},
                           {"unsettled", report.backlog.unsettled}}},
                         {"requests", requests_of(report, requests)},
                         {"quota", quota_of(report.quota)},
                         {"planned", report.planned ? Json(*report.planned) : Json(nullptr)},
                         {"dropped", dropped_of(report)},
                         {"dropped_not_listed", report.dropped_not_listed},
                         {"decisions", decisions_of(report)},
                         {"evidence", evidence_of(report.evidence)},
                         {"errors", errors_of(report)},
                         {"errors_not_listed", report.problems_not_listed}};
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

RunSummary summarize(const std::string& document) {
  const Json json = Json::parse(document, nullptr, false);
  const auto number = [&](const char* pointer) -> long long {
    const Json::json_pointer place(pointer);
    return json.contains(place) && json[place].is_number_integer() ? json[place].get<long long>()
                                                                   : 0;
  };
  if (!json.is_object()) return {};
  RunSummary summary;
  summary.pulled = number("/counts/pulled");
  summary.invited = static_cast<int>(number("/counts/invited"));
  summary.enrolled = static_cast<int>(number("/counts/enrolled"));
  summary.completed = static_cast<int>(number("/counts/completed"));
  summary.written_back = static_cast<int>(number("/counts/written_back"));
  summary.requests = number("/requests/assess/reads") + number("/requests/assess/writes");
  summary.least = number("/requests/assess/least");
  summary.errors = static_cast<int>(json.contains("errors") ? json["errors"].size() : 0);
  return summary;
}

std::optional<assess::Quota> quota_in(const std::string& document) {
  const Json json = Json::parse(document, nullptr, false);
  if (!json.is_object() || !json.contains("quota") || !json["quota"].is_object())
    return std::nullopt;
  const Json& read = json["quota"];
  const auto number = [&](const char* key) -> std::optional<int> {
    if (!read.contains(key) || !read[key].is_number_integer()) return std::nullopt;
    return read[key].get<int>();
  };
  return assess::Quota{
      .plan = text_in(read, "plan"), .limit = number("limit"), .remaining = number("remaining")};
}

std::vector<KeptProblem> problems_in(const std::string& document) {
  std::vector<KeptProblem> problems;
  for (const Json& row : rows_in(document, "errors")) {
    const bool counted =
        row.is_object() && row.contains("count") && row["count"].is_number_integer();
    problems.push_back({text_in(row, "where"), text_in(row, "what"), text_in(row, "kind"),
                        counted ? row["count"].get<int>() : 1});
  }
  return problems;
}

std::vector<sync::Decision> decisions_in(const std::string& document) {
  std::vector<sync::Decision> decisions;
  for (const Json& row : rows_in(document, "decisions")) {
    if (!text_in(row, "what").empty())
      decisions.push_back({text_in(row, "what"), text_in(row, "why")});
  }
  return decisions;
}

}  // namespace praxisync::report
