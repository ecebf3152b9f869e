#include "report/story_document.h"

#include <nlohmann/json.hpp>

#include "report/json_time.h"

namespace praxisync::report {
namespace {

using Json = nlohmann::ordered_json;

Json engagement_of(const Engagement& engagement) {
  Json json = {{"kind", to_string(engagement.target.kind)},
               {"target", engagement.target.slug},
               {"round", engagement.round},
               {"state", to_string(engagement.state)},
               {"contacted_at", time_of(engagement.contacted_at)},
               {"expires_at", time_of(engagement.expires_at)},
               {"reminders", engagement.reminders},
               {"enrollment_id", engagement.enrollment.text()}};
  if (engagement.outcome) {
    const auto& score = engagement.outcome->score_percentage;
    json["score_percentage"] = score ? Json(*score) : Json(nullptr);
    json["completed_at"] = time_of(engagement.outcome->completed_at);
  }
  return json;
}

std::string text(const Json& document) {
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json run_of(const store::Run& run) {
  Json document = Json::parse(run.report, nullptr, false);
  if (document.is_object()) return document;
  // Under way, or killed before it could say more.
  return {{"run",
           {{"id", static_cast<std::int64_t>(run.key)},
            {"reason", run.reason},
            {"exit_code", run.exit_code ? Json(*run.exit_code) : Json(nullptr)},
            {"started_at", format_timestamp(run.started_at)},
            {"finished_at", time_of(run.finished_at)}}}};
}

}  // namespace

std::vector<std::string> asked(const store::Story& story,
                               const std::vector<sync::Decision>& decisions) {
  std::vector<std::string> lines;
  if (!is_open(story.state)) return lines;
  for (const sync::Decision& decision : decisions)
    lines.push_back("last run asked for " + decision.what + " " + decision.why);
  return lines;
}

std::string story_document(const std::vector<store::Story>& stories,
                           const std::vector<sync::Decision>& decisions) {
  Json all = Json::array();
  for (const store::Story& story : stories) {
    Json history = Json::array(), writes = Json::array();
    for (const store::HistoryEntry& entry : story.history) {
      history.push_back(
          {{"at", format_timestamp(entry.at)},
           {"run", entry.run ? Json(static_cast<std::int64_t>(*entry.run)) : Json(nullptr)},
           {"from", entry.from},
           {"to", entry.to},
           {"reason", entry.reason}});
    }
    for (const store::WriteBackEntry& write : story.write_backs) {
      writes.push_back({{"action", write.kind},
                        {"field", write.field},
                        {"value", write.value},
                        {"state", write.state},
                        {"reason", write.reason},
                        {"marker", write.marker},
                        {"attempts", write.attempts},
                        {"at", time_of(write.closed_at)}});
    }
    all.push_back(
        {{"connector", story.connector.text()},
         {"application_id", story.application.text()},
         {"candidate_id", story.candidate.text()},
         {"email", story.email},
         {"name", story.name},
         {"job", story.job},
         {"stage", story.stage},
         {"in_stage", story.in_stage},
         {"route", story.route.text()},
         {"state", to_string(story.state)},
         {"reason", story.reason},
         {"engagement", story.engagement ? engagement_of(*story.engagement) : Json(nullptr)},
         {"history", std::move(history)},
         {"write_backs", std::move(writes)},
         {"asked", asked(story, decisions)}});
  }
  return text(all);
}

namespace {

Json budget_of(const http::Allowance& allowance) {
  return {{"limit", allowance.limit},
          {"reserve", allowance.reserve},
          {"left", allowance.left(http::Draw::Work)},
          {"closed_until", time_of(allowance.closed_until)}};
}

Json schedule_of(const ScheduleStatus& schedule) {
  Json connectors = Json::array(), last_run = nullptr;
  for (const ConnectorName& connector : schedule.connectors) connectors.push_back(connector.text());
  if (const auto& last = schedule.last_run) {
    last_run = {{"occurrence", format_timestamp(last->occurrence)},
                {"begun_at", format_timestamp(last->begun_at)},
                {"finished_at", time_of(last->finished_at)},
                {"exit_code", last->exit_code ? Json(*last->exit_code) : Json(nullptr)}};
  }
  const std::string& local = schedule.next_run_local;
  return {{"name", schedule.name.text()},
          {"connectors", std::move(connectors)},
          {"calendar", schedule.calendar},
          {"timezone", schedule.timezone},
          {"paused", schedule.paused},
          {"failures", schedule.failures},
          {"next_run", time_of(schedule.next_run)},
          {"next_run_local", local.empty() ? Json(nullptr) : Json(local)},
          {"last_run", std::move(last_run)}};
}

}  // namespace

std::string status_document(const Status& status) {
  Json routes = Json::object(), blocked = Json::array(), refused = Json::array(),
       checkpoints = Json::array(), held = Json::array(), schedules = Json::array();
  for (const ScheduleStatus& schedule : status.schedules)
    schedules.push_back(schedule_of(schedule));
  for (const store::GrownRoute& route : status.held) {
    held.push_back({{"route", route.route.text()},
                    {"had", route.had},
                    {"has", route.has},
                    {"queued", route.queued}});
  }
  for (const store::RouteCount& route : status.routes) {
    for (const auto& [state, screenings] : route.by_state)
      routes[route.route.text()][std::string(to_string(state))] = screenings;
  }
  for (const store::BlockedReason& entry : status.blocked) {
    blocked.push_back({{"route", entry.route.text()},
                       {"reason", entry.reason},
                       {"screenings", entry.screenings}});
  }
  for (const store::RefusedWrite& entry : status.refused) {
    refused.push_back({{"route", entry.route.text()},
                       {"action", entry.kind},
                       {"reason", entry.reason},
                       {"count", entry.count}});
  }
  for (const store::StreamCheckpoint& entry : status.checkpoints) {
    checkpoints.push_back({{"stream", entry.stream},
                           {"at_start", entry.checkpoint.cursor.empty()},
                           {"watermark", time_of(entry.checkpoint.watermark)},
                           {"full_at", time_of(entry.checkpoint.full_at)},
                           {"updated_at", time_of(entry.checkpoint.updated_at)}});
  }
  return text(
      {{"backlog",
        {{"queued", status.backlog.queued},
         {"waiting", status.backlog.waiting},
         {"to_write", status.backlog.to_write},
         {"blocked", status.backlog.blocked},
         {"unsettled", status.backlog.unsettled}}},
       {"budget", {{"reads", budget_of(status.reads)}, {"writes", budget_of(status.writes)}}},
       {"set_aside", status.set_aside},
       {"routes", std::move(routes)},
       {"held_routes", std::move(held)},
       {"blocked", std::move(blocked)},
       {"refused_writes", std::move(refused)},
       {"checkpoints", std::move(checkpoints)},
       {"schedules", std::move(schedules)},
       {"last_run", status.last_run.empty() ? Json(nullptr) : run_of(status.last_run.front())}});
}

std::string runs_document(const std::vector<store::Run>& runs) {
  Json all = Json::array();
  for (const store::Run& run : runs) all.push_back(run_of(run));
  return text(all);
}

}  // namespace praxisync::report
