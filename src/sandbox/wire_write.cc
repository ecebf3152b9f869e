#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "sandbox/json_text.h"
#include "sandbox/wire.h"

namespace praxisync::sandbox::wire {
namespace {

using Json = nlohmann::ordered_json;

/// A field that may have no value: null, or left out.
template <typename T>
void put(Json& object, const char* name, const std::optional<T>& value, const Options& options) {
  if (value) {
    object[name] = *value;
  } else if (options.optional_fields == OptionalFields::Null) {
    object[name] = nullptr;
  }
}

void put_time(Json& object, const char* name, const std::optional<Timestamp>& at,
              const Options& options) {
  std::optional<std::string> text;
  if (at) text = format_timestamp(*at);
  put(object, name, text, options);
}

/// The older documents show some lists with `count` and `results` alone: only while there is one
/// page.
enum class Links { Always, WhereThereAreSome };

Json page(Json rows, const Slice& slice, const Options& options, Links links = Links::Always) {
  Json document = Json::object();
  if (options.pagination == Pagination::Page) document["count"] = slice.count;
  const bool none = slice.next.empty() && slice.previous.empty();
  if (links == Links::Always || options.documents == Documents::New || !none) {
    document["next"] = slice.next.empty() ? Json(nullptr) : Json(slice.next);
    document["previous"] = slice.previous.empty() ? Json(nullptr) : Json(slice.previous);
  }
  document["results"] = std::move(rows);
  return document;
}

/// The month's quota, with nulls where the plan has no limit.
void put_quota(Json& object, const World& world, const Options& options, Timestamp now) {
  constexpr std::string_view kPlans[] = {"free", "starter", "growth", "enterprise"};
  const std::optional<int> limit = invite_limit(options);
  const int used = world.invites_used(now);
  object["plan"] = kPlans[static_cast<std::size_t>(options.plan)];
  object["invite_limit"] = limit ? Json(*limit) : Json(nullptr);
  object["invites_used"] = used;
  object["invites_remaining"] = limit ? Json(std::max(*limit - used, 0)) : Json(nullptr);
}

enum class View { Row, Detail };

Json assessment_json(const Assessment& row, const Options& options, View view) {
  const bool fresh = options.documents == Documents::New;
  Json out = {{"id", row.id}, {"title", row.title}, {"slug", row.slug}};
  if (fresh || view == View::Detail) out["description"] = row.description;
  out["status"] = to_string(row.status);
  out["case_count"] = row.tasks.size();
  put(out, "time_limit_minutes", row.time_limit_minutes, options);
  out["passing_score"] = row.passing_score;
  if (fresh || view == View::Row) out["invitation_count"] = row.invitation_count;
  out["enforce_fullscreen"] = true;
  out["copy_paste_disabled"] = false;
  if (fresh || view == View::Detail) out["created_at"] = format_timestamp(row.created_at);
  if (fresh) out["updated_at"] = format_timestamp(row.updated_at);
  return out;
}

std::string take_url(const Invitation& invitation, const Options& options) {
  return options.take_host + "/take/" + invitation.token;
}

Json violations_json(const Violations& violations) {
  return {{"fullscreen_violations", violations.fullscreen},
          {"copy_paste_violations", violations.copy_paste}};
}

/// 95 as 95 and 72.5 as 72.5: the history's example has a whole number.
Json number_json(double value) {
  if (value == std::floor(value)) return static_cast<int>(value);
  return value;
}

/// The raw score over the tasks in their order, each as full as it can be.
Json task_results(const Invitation& sitting, const Assessment& assessment) {
  Json rows = Json::array();
  int left = sitting.score;
  const auto count = static_cast<std::int64_t>(assessment.tasks.size());
  std::int64_t seconds = std::chrono::floor<std::chrono::seconds>(sitting.time_spent).count();
  for (std::int64_t place = 0; place < count; ++place) {
    const Task& task = assessment.tasks[static_cast<std::size_t>(place)];
    const int score = std::min(left, task.points);
    const std::int64_t share = seconds / (count - place);
    left -= score;
    seconds -= share;
    rows.push_back({{"case_order", place + 1},
                    {"case_title", task.title},
                    {"score", score},
                    {"max_score", task.points},
                    {"status", score == task.points ? "correct" : "incorrect"},
                    {"time_spent_seconds", share}});
  }
  return rows;
}

Json case_json(const OwnCase& row, const Options& options, View view) {
  Json out = {{"id", row.id}, {"title", row.title}};
  if (options.documents == Documents::Old) {
    if (view == View::Detail) out["question"] = row.question;
    out["case_type"] = row.case_type;
    if (view == View::Row) out["difficulty"] = "medium";
    return out;
  }
  const std::optional<std::string> none;
  out["description"] = row.description;
  out["case_type"] = row.case_type;
  out["difficulty"] = "medium";
  out["points"] = 100;
  put(out, "time_limit_minutes", none, options);
  out["question"] = row.question;
  for (const char* name : {"options", "language", "starter_code", "expected_output", "rubric"}) {
    put(out, name, none, options);
    if (std::string_view(name) == "options") out["allow_multiple"] = false;
  }
  out["created_at"] = format_timestamp(row.created_at);
  return out;
}

}  // namespace

std::string write_error(const Refusal& refusal) {
  Json error = {{"message", refusal.message}};
  if (!refusal.code.empty()) error["code"] = refusal.code;
  return json_text({{"error", error}});
}

std::string Writer::assessments(const Slice& slice, const std::vector<Number>& rows) const {
  Json results = Json::array();
  for (const std::size_t place : slice.places) {
    results.push_back(assessment_json(world_.assessments[rows[place]], options_, View::Row));
  }
  Json document = page(std::move(results), slice, options_);
  Json meta = Json::object();
  put_quota(meta, world_, options_, now_);
  document["meta"] = std::move(meta);
  return json_text(document);
}

std::string Writer::assessment(const Assessment& assessment) const {
  return json_text(assessment_json(assessment, options_, View::Detail));
}

std::string Writer::tasks(const Slice& slice, const Assessment& assessment) const {
  Json results = Json::array();
  for (const std::size_t place : slice.places) {
    const Task& task = assessment.tasks[place];
    Json row = {{"id", task.id}, {"title", task.title}};
    if (options_.documents == Documents::New) row["description"] = task.description;
    row["type"] = task.type;
    row["case_type"] = task.case_type;
    row["difficulty"] = task.difficulty;
    row["order"] = place;
    row["points"] = task.points;
    results.push_back(std::move(row));
  }
  return json_text(page(std::move(results), slice, options_));
}

std::string Writer::created(const Invitation& invitation, std::string_view message) const {
  return json_text({{"message", message},
                    {"invite_token", invitation.token},
                    {"invite_url", take_url(invitation, options_)},
                    {"expires_at", format_timestamp(invitation.expires_at)},
                    {"status", to_string(invitation.status)}});
}

std::string Writer::bulk(const std::vector<Number>& invited,
                         const std::vector<Skipped>& skipped) const {
  Json document = {{"invited", Json::array()}, {"skipped", Json::array()}};
  for (const Number number : invited) {
    const Invitation& invitation = world_.invitations[number];
    document["invited"].push_back({{"email", invitation.email},
                                   {"invite_token", invitation.token},
                                   {"invite_url", take_url(invitation, options_)}});
  }
  for (const Skipped& row : skipped) {
    Json out = Json::object();
    if (row.email) {
      out["email"] = *row.email;
    } else if (options_.documents == Documents::Old) {
      out["email"] = nullptr;
    }
    out["reason"] = row.reason;
    document["skipped"].push_back(std::move(out));
  }
  return json_text(document);
}

std::string Writer::invitation(const Invitation& invitation) const {
  const Assessment& assessment = world_.assessments[invitation.assessment];
  Json out = {{"invite_token", invitation.token}, {"email", invitation.email}};
  put(out, "name", invitation.name, options_);
  put(out, "role", invitation.role, options_);
  out["status"] = to_string(invitation.status);
  out["assessment"] = {{"slug", assessment.slug}, {"title", assessment.title}};
  out["created_at"] = format_timestamp(invitation.created_at);
  out["expires_at"] = format_timestamp(invitation.expires_at);
  put_time(out, "started_at", invitation.started_at, options_);
  put_time(out, "completed_at", invitation.completed_at, options_);
  put_time(out, "reminded_at", invitation.reminded_at, options_);
  return json_text(out);
}

std::string Writer::invitations(const Slice& slice) const {
  Json results = Json::array();
  for (const std::size_t place : slice.places) {
    const Invitation& invitation = world_.invitations[world_.listed[place]];
    const Assessment& assessment = world_.assessments[invitation.assessment];
    Json row = {{"invite_token", invitation.token},
                {"assessment_title", assessment.title},
                {"assessment_slug", assessment.slug},
                {"email", invitation.email}};
    if (options_.documents == Documents::New) {
      put(row, "candidate_name", invitation.name, options_);
      put(row, "role", invitation.role, options_);
    }
    row["status"] = to_string(invitation.status);
    put_time(row, "sent_at", invitation.sent_at, options_);
    if (options_.documents == Documents::New) {
      row["created_at"] = format_timestamp(invitation.created_at);
      row["expires_at"] = format_timestamp(invitation.expires_at);
    }
    results.push_back(std::move(row));
  }
  return json_text(page(std::move(results), slice, options_));
}

std::string Writer::message(std::string_view text) const { return json_text({{"message", text}}); }

std::string Writer::results(const Slice& slice, const Assessment& assessment) const {
  const bool fresh = options_.documents == Documents::New;
  Json results = Json::array();
  for (const std::size_t place : slice.places) {
    const Invitation& sitting = world_.invitations[assessment.completed[place]];
    Json row = {{"candidate_email", sitting.email}};
    put(row, "candidate_name", sitting.name, options_);
    if (fresh) put(row, "role", sitting.role, options_);
    row["status"] = to_string(sitting.status);
    row["score_percentage"] = sitting.score_percentage;
    row["passed"] = sitting.passed;
    if (fresh) {
      row["time_spent_seconds"] =
          std::chrono::floor<std::chrono::seconds>(sitting.time_spent).count();
      row["violation_counts"] = violations_json(sitting.violations);
    }
    put_time(row, "started_at", sitting.started_at, options_);
    put_time(row, "completed_at", sitting.completed_at, options_);
    row["invite_token"] = sitting.token;
    results.push_back(std::move(row));
  }
  return json_text(page(std::move(results), slice, options_, Links::WhereThereAreSome));
}

std::string Writer::result(const Invitation& invitation) const {
  const Assessment& assessment = world_.assessments[invitation.assessment];
  const std::string path =
      "/api/v1/assess/assessments/" + assessment.slug + "/results/" + invitation.token;
  const bool completed = invitation.status == InvitationStatus::Completed;
  Json out = {{"candidate_email", invitation.email}};
  put(out, "candidate_name", invitation.name, options_);
  out["assessment"] = assessment.title;
  out["status"] = to_string(invitation.status);
  out["score"] = invitation.score;
  out["max_score"] = assessment.max_score();
  out["score_percentage"] = invitation.score_percentage;
  out["passed"] = invitation.passed;
  out["passing_score"] = assessment.passing_score;
  put_time(out, "started_at", invitation.started_at, options_);
  put_time(out, "completed_at", invitation.completed_at, options_);
  out["violation_counts"] = violations_json(invitation.violations);
  out["detailed_report_url"] =
      options_.documents == Documents::New ? options_.next_host + path : path;
  out["cases"] = completed ? task_results(invitation, assessment) : Json::array();
  return json_text(out);
}

std::string Writer::cases(const Slice& slice, const std::vector<Number>& rows) const {
  Json results = Json::array();
  for (const std::size_t place : slice.places) {
    results.push_back(case_json(world_.cases[rows[place]], options_, View::Row));
  }
  return json_text(page(std::move(results), slice, options_, Links::WhereThereAreSome));
}

std::string Writer::own_case(const OwnCase& row) const {
  return json_text(case_json(row, options_, View::Detail));
}

std::string Writer::case_title(const OwnCase& row) const {
  return json_text({{"id", row.id}, {"title", row.title}});
}

std::string Writer::pipelines() const {
  Json results = Json::array();
  for (const Pipeline& row : world_.pipelines) {
    results.push_back({{"id", row.id},
                       {"title", row.title},
                       {"slug", row.slug},
                       {"stage_count", row.stages.size()}});
  }
  return json_text({{"count", world_.pipelines.size()}, {"results", std::move(results)}});
}

std::string Writer::pipeline(const Pipeline& pipeline) const {
  Json stages = Json::array();
  for (std::size_t order = 0; order < pipeline.stages.size(); ++order) {
    const Assessment& assessment = world_.assessments[pipeline.stages[order]];
    stages.push_back({{"order", order},
                      {"assessment_id", assessment.id},
                      {"assessment_title", assessment.title},
                      {"assessment_slug", assessment.slug}});
  }
  return json_text({{"id", pipeline.id},
                    {"title", pipeline.title},
                    {"description", pipeline.description},
                    {"stages", std::move(stages)}});
}

std::string Writer::enrolled(const Enrollment& enrollment, std::string_view message) const {
  return json_text({{"message", message},
                    {"enrollment_id", enrollment.id},
                    {"status", to_string(enrollment.status)},
                    {"current_stage", enrollment.current_stage}});
}

std::string Writer::enrollment(const Enrollment& enrollment) const {
  Json history = Json::array();
  for (const HistoryEntry& entry : enrollment.history) {
    if (entry.event == HistoryEntry::Event::Enrolled) {
      history.push_back({{"event", "enrolled"}, {"timestamp", format_timestamp(entry.at)}});
    } else {
      history.push_back({{"event", "stage_completed"},
                         {"stage", entry.stage},
                         {"score", number_json(entry.score)}});
    }
  }
  return json_text({{"id", enrollment.id},
                    {"status", to_string(enrollment.status)},
                    {"current_stage", enrollment.current_stage},
                    {"history", std::move(history)}});
}

std::string Writer::webhooks() const {
  Json results = Json::array();
  for (const Webhook& row : world_.webhooks) {
    results.push_back(
        {{"id", row.id}, {"url", row.url}, {"is_active", true}, {"event_types", row.event_types}});
  }
  return json_text({{"count", world_.webhooks.size()}, {"results", std::move(results)}});
}

std::string Writer::created_webhook(const Webhook& webhook) const {
  return json_text({{"id", webhook.id}, {"signing_secret", webhook.signing_secret}});
}

std::string Writer::organisation() const {
  Json out = {{"name", world_.organisation}, {"slug", world_.organisation_slug}};
  put_quota(out, world_, options_, now_);
  return json_text(out);
}

std::string Writer::team() const {
  Json results = Json::array();
  for (const Member& row : world_.team) {
    results.push_back({{"name", row.name}, {"email", row.email}, {"role", row.role}});
  }
  return json_text({{"count", world_.team.size()}, {"results", std::move(results)}});
}

std::string Writer::stats() const {
  const Totals& totals = world_.totals;
  const auto one_decimal = [&](double sum, double factor) {
    return totals.completed > 0 ? std::round(sum * factor * 10 / totals.completed) / 10 : 0.0;
  };
  int active = 0;
  for (const Assessment& row : world_.assessments)
    active += row.status == AssessmentStatus::Active ? 1 : 0;
  return json_text({{"total_invites", totals.invitations},
                    {"total_candidates", totals.started},
                    {"completed_assessments", totals.completed},
                    {"passed_candidates", totals.passed},
                    {"pass_rate", one_decimal(totals.passed, 100)},
                    {"average_score_percentage", one_decimal(totals.score_percentages, 1)},
                    {"active_assessments", active}});
}

}  // namespace praxisync::sandbox::wire
