#include "serve/dashboard_document.h"

#include <nlohmann/json.hpp>

#include "report/funnel_json.h"
#include "report/json_time.h"
#include "report/story_document.h"

namespace praxisync::serve {
namespace {

using Json = nlohmann::ordered_json;
using report::time_of;

std::string text(const Json& document) {
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <typename Number>
Json number_of(const std::optional<Number>& number) {
  return number ? Json(*number) : Json(nullptr);
}

Json key_of(RunKey key) { return static_cast<std::int64_t>(key); }

Json live_of(const LivePicture& live) {
  Json running = nullptr, ended = nullptr;
  if (const auto& run = live.running) {
    running = {{"id", key_of(run->run)},
               {"since", format_timestamp(run->since)},
               {"step", run->step},
               {"step_since", format_timestamp(run->step_since)},
               {"done", run->done},
               {"total", number_of(run->total)},
               {"heard_at", format_timestamp(run->heard_at)}};
  }
  if (const auto& run = live.ended) {
    ended = {{"id", key_of(run->run)},
             {"at", format_timestamp(run->at)},
             {"reason", to_string(run->how)},
             {"exit_code", sync::exit_code(run->how)}};
  }
  return {{"running", std::move(running)},
          {"ended", std::move(ended)},
          {"next_run_at", time_of(live.next_run)}};
}

/// A run that has begun and not ended, and not in this process: by hand or elsewhere, or killed.
Json elsewhere_of(const LivePicture& live, const Dashboard& seen) {
  if (seen.runs.empty()) return nullptr;
  const store::Run& newest = seen.runs.front().run;
  if (newest.finished_at || !newest.reason.empty()) return nullptr;
  const bool ours = (live.running && newest.key <= live.running->run) ||
                    (live.ended && newest.key <= live.ended->run);
  if (ours) return nullptr;
  return {{"id", key_of(newest.key)}, {"since", format_timestamp(newest.started_at)}};
}

Json run_of(const DashboardRun& entry) {
  return {{"id", key_of(entry.run.key)},
          {"started_at", format_timestamp(entry.run.started_at)},
          {"finished_at", time_of(entry.run.finished_at)},
          {"reason", entry.run.reason},
          {"exit_code", number_of(entry.run.exit_code)},
          {"pulled", entry.sums.pulled},
          {"invited", entry.sums.invited},
          {"enrolled", entry.sums.enrolled},
          {"completed", entry.sums.completed},
          {"written_back", entry.sums.written_back},
          {"requests", entry.sums.requests},
          {"errors", entry.sums.errors}};
}

Json allowance_of(const std::optional<http::Allowance>& allowance) {
  if (!allowance) return nullptr;
  const bool used = !allowance->frees.empty();
  return {
      {"limit", allowance->limit},
      {"left", allowance->left(http::Draw::Work)},
      {"reserve", allowance->reserve},
      {"closed_until", time_of(allowance->closed_until)},
      {"next_free_at", used ? Json(format_timestamp(allowance->frees.front().at)) : Json(nullptr)}};
}

Json quota_of(const std::optional<QuotaSeen>& seen) {
  if (!seen) return nullptr;
  return {{"plan", seen->quota.plan},
          {"limit", number_of(seen->quota.limit)},
          {"remaining", number_of(seen->quota.remaining)},
          {"read_at", format_timestamp(seen->at)}};
}

Json attention_of(const report::Attention& entry) {
  return {{"kind", to_string(entry.kind)},
          {"where", entry.where},
          {"what", entry.what},
          {"count", entry.count},
          {"mend", entry.mend}};
}

template <typename Rows, typename Make>
Json list_of(const Rows& rows, Make make) {
  Json list = Json::array();
  for (const auto& row : rows) list.push_back(make(row));
  return list;
}

}  // namespace

std::string overview_document(const LivePicture& live, const Dashboard& seen, Search search) {
  return text(
      {{"search", search == Search::Open},
       {"live", live_of(live)},
       {"elsewhere", elsewhere_of(live, seen)},
       {"backlog",
        {{"queued", seen.backlog.queued},
         {"waiting", seen.backlog.waiting},
         {"to_write", seen.backlog.to_write},
         {"blocked", seen.backlog.blocked},
         {"unsettled", seen.backlog.unsettled}}},
       {"routes", list_of(seen.funnel, report::funnel_of)},
       {"runs", list_of(seen.runs, run_of)},
       {"budget", {{"reads", allowance_of(seen.reads)}, {"writes", allowance_of(seen.writes)}}},
       {"quota", quota_of(seen.quota)},
       {"outlook",
        {{"persons", seen.outlook.persons},
         {"writes", seen.outlook.writes},
         {"done_at", time_of(seen.outlook.done_at)},
         {"quota_dry_at", time_of(seen.outlook.quota_dry_at)}}},
       {"attention", list_of(seen.attention, attention_of)}});
}

std::string candidate_document(std::vector<store::Story> stories,
                               const std::vector<sync::Decision>& decisions,
                               report::Persons persons) {
  const bool masked = persons == report::Persons::Masked;
  if (masked) {
    for (store::Story& story : stories) story = report::mask(std::move(story));
  }
  Json document = {{"masked", masked}};
  document["screenings"] = Json::parse(report::story_document(stories, decisions));
  return text(document);
}

std::string refusal_document(const std::string& what, const std::string& mend) {
  return text({{"error", {{"what", what}, {"mend", mend}}}});
}

}  // namespace praxisync::serve
