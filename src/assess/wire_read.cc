#include <algorithm>
#include <cmath>
#include <limits>

#include "assess/json_reader.h"
#include "assess/wire.h"
#include "domain/text.h"

namespace praxisync::assess::wire {
namespace {

constexpr int kMaxInt = std::numeric_limits<int>::max();
constexpr double kMaxPoints = 1e9;
constexpr double kMaxSeconds = 1e9;
constexpr std::size_t kMaxUrl = 2048;

/// A success that carries an error is none (nor is anything that is not an object).
Result<JsonValue> parse_resource(std::string_view body) {
  Result<JsonValue> root = JsonValue::parse(body);
  if (!root) return root;
  if (root->get<JsonValue::Object>() == nullptr) {
    return Error{ErrorKind::Malformed, "not an object"};
  }
  if (root->find("error") != nullptr) return Error{ErrorKind::Malformed, "an error in a success"};
  return root;
}

template <typename T, typename Read>
Result<T> read_resource(std::string_view body, Read read) {
  Result<JsonValue> root = parse_resource(body);
  if (!root) return std::move(root).error();
  JsonFault fault;
  T value = read(JsonReader(*root, "", fault));
  if (fault) return fault.error();
  return value;
}

/// Each row on its own: one that cannot be read is set aside with its reason.
template <typename Row, typename Read>
void read_rows(const JsonReader& parent, std::string_view key, Read read, std::vector<Row>& rows,
               std::vector<std::string>& bad_rows) {
  for (const auto& [value, path] : parent.array(key)) {
    JsonFault fault;
    Row row = read(JsonReader(*value, path, fault));
    if (fault) {
      bad_rows.push_back(fault.what());
    } else {
      rows.push_back(std::move(row));
    }
  }
}

template <typename Row>
void read_next(const JsonReader& root, const PageToken& asked, Page<Row>& page) {
  const std::string url = root.text_or_empty("next");
  if (url.empty()) return;
  page.next = PageToken::from_next(url);
  if (!page.next) {
    page.bad_rows.emplace_back("next: names neither a cursor nor a page");
  } else if (!leads_on(asked, *page.next)) {
    root.note("next", "leads back to a page that was already asked for");
  }
}

template <typename Row, typename Read>
Result<Page<Row>> read_page(std::string_view body, const PageToken& asked, Read read) {
  return read_resource<Page<Row>>(body, [&](const JsonReader& root) {
    Page<Row> page;
    root.require({"results"});
    read_rows(root, "results", read, page.rows, page.bad_rows);
    read_next(root, asked, page);
    return page;
  });
}

Quota quota_of(const JsonReader& json) {
  Quota quota;
  quota.plan = json.text_or_empty("plan");
  quota.limit = json.integer("invite_limit", 0, kMaxInt);
  quota.used = json.integer("invites_used", 0, kMaxInt).value_or(0);
  quota.remaining = json.integer("invites_remaining", -kMaxInt, kMaxInt);
  if (!quota.remaining && quota.limit) quota.remaining = *quota.limit - quota.used;
  if (quota.remaining) quota.remaining = std::max(0, *quota.remaining);
  return quota;
}

/// The quota comes along with the list: that it cannot be read does not lose the list.
void read_meta(const JsonReader& root, Page<Assessment>& page) {
  const JsonValue* const meta = root.find("meta");
  if (meta == nullptr) return;
  JsonFault fault;
  const Quota quota = quota_of(JsonReader(*meta, "meta", fault));
  if (fault) {
    page.bad_rows.push_back(fault.what());
  } else {
    page.quota = quota;
  }
}

Assessment assessment_of(const JsonReader& json) {
  Assessment assessment;
  assessment.id = json.id_or_empty("id");
  assessment.slug = AssessmentSlug(json.id("slug"));
  assessment.title = json.text_or_empty("title");
  assessment.description = json.text_or_empty("description");
  assessment.status = json.text_or_empty("status");
  assessment.case_count = json.integer("case_count", 0, kMaxInt);
  assessment.passing_score = json.integer("passing_score", 0, kMaxInt);
  assessment.invitation_count = json.integer("invitation_count", 0, kMaxInt);
  assessment.time_limit_minutes = json.integer("time_limit_minutes", 0, kMaxInt);
  return assessment;
}

InviteStatus invite_status(std::string_view text) {
  const std::string status = fold(text);
  if (status == "pending") return InviteStatus::Pending;
  if (status == "started") return InviteStatus::Started;
  if (status == "completed") return InviteStatus::Completed;
  if (status == "expired") return InviteStatus::Expired;
  return InviteStatus::Unknown;
}

/// The list names the person `candidate_name` and the assessment in flat fields, the single
/// invitation `name` and an object: 004.
Invite invite_of(const JsonReader& json) {
  Invite invite;
  invite.token = InviteToken(json.id("invite_token"));
  invite.email = json.text("email");
  invite.name = json.text_or_empty(json.has("name") ? "name" : "candidate_name");
  invite.role = json.text_or_empty("role");
  if (const auto assessment = json.object("assessment")) {
    invite.assessment = AssessmentSlug(assessment->id("slug"));
    invite.assessment_title = assessment->text_or_empty("title");
  } else {
    invite.assessment = AssessmentSlug(json.id("assessment_slug"));
    invite.assessment_title = json.text_or_empty("assessment_title");
  }
  invite.status_text = json.text("status");
  invite.status = invite_status(invite.status_text);
  invite.created_at = json.time("created_at");
  invite.sent_at = json.time("sent_at");
  invite.expires_at = json.time("expires_at");
  invite.started_at = json.time("started_at");
  invite.completed_at = json.time("completed_at");
  invite.reminded_at = json.time("reminded_at");
  return invite;
}

BulkInvited bulk_invited_of(const JsonReader& json) {
  return {json.text("email"), InviteToken(json.id("invite_token"))};
}

/// The reason is `already_invited` in the documents' table and `already invited` in their example.
SkipReason skip_reason(std::string_view text) {
  const std::string reason = fold(text);
  if (reason == "already_invited") return SkipReason::AlreadyInvited;
  if (reason == "missing_email") return SkipReason::MissingEmail;
  if (reason == "error") return SkipReason::Error;
  return SkipReason::Unknown;
}

BulkSkipped bulk_skipped_of(const JsonReader& json) {
  BulkSkipped skipped;
  skipped.email = json.text_or_empty("email");
  skipped.reason_text = json.text_or_empty("reason");
  skipped.reason = skip_reason(skipped.reason_text);
  return skipped;
}

std::optional<Milliseconds> seconds(const JsonReader& json, std::string_view key) {
  const std::optional<double> found = json.number(key, 0, kMaxSeconds);
  if (!found) return std::nullopt;
  return Milliseconds{std::llround(*found * 1000)};
}

/// All of a result but its token, which only the list repeats.
ResultRow result_of(const JsonReader& json) {
  ResultRow row;
  row.email = json.text_or_empty("candidate_email");
  row.name = json.text_or_empty("candidate_name");
  row.role = json.text_or_empty("role");
  row.status_text = json.text("status");
  row.score_percentage = json.number("score_percentage", 0, 100);
  row.passed = json.flag("passed");
  row.time_spent = seconds(json, "time_spent_seconds");
  if (const auto counts = json.object("violation_counts")) {
    row.violations =
        Violations{.fullscreen = counts->integer("fullscreen_violations", 0, kMaxInt).value_or(0),
                   .copy_paste = counts->integer("copy_paste_violations", 0, kMaxInt).value_or(0)};
  }
  row.started_at = json.time("started_at");
  row.completed_at = json.time("completed_at");
  return row;
}

/// Looser than http::parse_url: it is shown, never asked for, and may well have a fragment.
bool is_web_address(std::string_view url) {
  const std::string start = to_lower(url.substr(0, 8));
  const bool plain = std::none_of(url.begin(), url.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '\\';
  });
  return plain && url.size() <= kMaxUrl &&
         (start.starts_with("http://") || start.starts_with("https://"));
}

/// One document gives an absolute URL (003), the other a path (002).
std::string report_url(const JsonReader& json, std::string_view base_url) {
  constexpr std::string_view kKey = "detailed_report_url";
  std::string url = json.text_or_empty(kKey);
  if (url.empty()) return {};
  if (url.starts_with('/') && !url.starts_with("//")) url.insert(0, base_url);
  if (!is_web_address(url)) json.note(kKey, "neither a web address nor a path");
  return url;
}

ResultRow result_row_of(const JsonReader& json) {
  const std::string token = json.id("invite_token");
  ResultRow row = result_of(json);
  row.token = InviteToken(token);
  return row;
}

CaseResult case_of(const JsonReader& json) {
  CaseResult result;
  result.order = json.integer("case_order", 0, kMaxInt).value_or(0);
  result.title = json.text_or_empty("case_title");
  result.status = json.text_or_empty("status");
  result.score = json.number("score", -kMaxPoints, kMaxPoints);
  result.max_score = json.number("max_score", -kMaxPoints, kMaxPoints);
  result.time_spent = seconds(json, "time_spent_seconds");
  return result;
}

/// Rows without which the whole says nothing: a bad one is a fault of the whole.
template <typename Row, typename Read>
std::vector<Row> read_all(const JsonReader& parent, std::string_view key, Read read) {
  std::vector<Row> rows;
  for (const auto& [value, path] : parent.array(key)) {
    rows.push_back(read(JsonReader(*value, path, parent.fault())));
  }
  return rows;
}

PipelineStage stage_of(const JsonReader& json) {
  json.require({"order"});
  PipelineStage stage;
  stage.order = json.integer("order", 0, kMaxInt).value_or(0);
  stage.assessment = AssessmentSlug(json.id("assessment_slug"));
  stage.title = json.text_or_empty("assessment_title");
  return stage;
}

Pipeline pipeline_of(const JsonReader& json) {
  Pipeline pipeline;
  pipeline.id = json.id_or_empty("id");
  pipeline.slug = PipelineSlug(json.id_or_empty("slug"));
  pipeline.title = json.text_or_empty("title");
  pipeline.stage_count = json.integer("stage_count", 0, kMaxInt);
  return pipeline;
}

EnrollmentStatus enrollment_status(std::string_view text) {
  const std::string status = fold(text);
  if (status == "active") return EnrollmentStatus::Active;
  if (status == "completed") return EnrollmentStatus::Completed;
  if (status == "rejected") return EnrollmentStatus::Rejected;
  return EnrollmentStatus::Unknown;
}

/// All but its id, which is named `enrollment_id` in one answer and `id` in the other: 002.
Enrollment enrollment_of(const JsonReader& json) {
  Enrollment enrollment;
  enrollment.status_text = json.text_or_empty("status");
  enrollment.status = enrollment_status(enrollment.status_text);
  enrollment.current_stage = json.integer("current_stage", 0, kMaxInt).value_or(0);
  for (const auto& [value, path] : json.array("history")) {
    const JsonReader event(*value, path, json.fault());
    if (event.text_or_empty("event") != "stage_completed") continue;
    event.require({"stage"});
    const std::optional<int> stage = event.integer("stage", 0, kMaxInt);
    const std::optional<double> score = event.number("score", 0, 100);
    if (stage && score) enrollment.scores.push_back({*stage, *score});
  }
  return enrollment;
}

bool same_id(std::string_view a, std::string_view b) {
  return to_lower(trim(a)) == to_lower(trim(b));
}

}  // namespace

Result<Page<Assessment>> read_assessments(std::string_view body, const PageToken& asked) {
  return read_resource<Page<Assessment>>(body, [&](const JsonReader& root) {
    Page<Assessment> page;
    root.require({"results"});
    read_rows(root, "results", assessment_of, page.rows, page.bad_rows);
    read_next(root, asked, page);
    read_meta(root, page);
    return page;
  });
}

Result<Assessment> read_assessment(std::string_view body) {
  return read_resource<Assessment>(body, assessment_of);
}

Result<Organisation> read_organisation(std::string_view body) {
  return read_resource<Organisation>(body, [](const JsonReader& root) {
    root.require({"plan"});
    return Organisation{root.text("name"), root.text_or_empty("slug"), quota_of(root)};
  });
}

Result<CreatedInvite> read_created_invite(std::string_view body) {
  return read_resource<CreatedInvite>(body, [](const JsonReader& root) {
    CreatedInvite invite;
    invite.token = InviteToken(root.id("invite_token"));
    invite.status = invite_status(root.text_or_empty("status"));
    invite.expires_at = root.time("expires_at");
    return invite;
  });
}

Result<BulkAnswer> read_bulk_answer(std::string_view body) {
  return read_resource<BulkAnswer>(body, [](const JsonReader& root) {
    BulkAnswer answer;
    if (!root.has("invited") && !root.has("skipped")) root.require({"invited", "skipped"});
    read_rows(root, "invited", bulk_invited_of, answer.invited, answer.bad_rows);
    read_rows(root, "skipped", bulk_skipped_of, answer.skipped, answer.bad_rows);
    return answer;
  });
}

Result<Page<Invite>> read_invites(std::string_view body, const PageToken& asked) {
  return read_page<Invite>(body, asked, invite_of);
}

Result<Invite> read_invite(std::string_view body, const InviteToken& asked) {
  return read_resource<Invite>(body, [&](const JsonReader& root) {
    Invite invite = invite_of(root);
    if (!same_id(invite.token.reveal(), asked.reveal())) {
      root.note("invite_token", "not the one asked for");
    }
    return invite;
  });
}

Result<Done> read_done(std::string_view body) {
  return read_resource<Done>(body, [](const JsonReader&) { return Done{}; });
}

Result<Page<ResultRow>> read_results(std::string_view body, const PageToken& asked) {
  return read_page<ResultRow>(body, asked, result_row_of);
}

Result<ResultDetail> read_result(std::string_view body, const InviteToken& asked,
                                 std::string_view base_url) {
  return read_resource<ResultDetail>(body, [&](const JsonReader& root) {
    ResultDetail detail;
    detail.row = result_of(root);
    detail.row.token = asked;
    detail.assessment_title = root.text_or_empty("assessment");
    detail.score = root.number("score", -kMaxPoints, kMaxPoints);
    detail.max_score = root.number("max_score", -kMaxPoints, kMaxPoints);
    detail.passing_score = root.integer("passing_score", 0, kMaxInt);
    detail.report_url = report_url(root, base_url);
    detail.cases = read_all<CaseResult>(root, "cases", case_of);
    return detail;
  });
}

Result<Page<Pipeline>> read_pipelines(std::string_view body, const PageToken& asked) {
  return read_page<Pipeline>(body, asked, [](const JsonReader& row) {
    row.require({"slug"});
    return pipeline_of(row);
  });
}

Result<Pipeline> read_pipeline(std::string_view body, const PipelineSlug& asked) {
  return read_resource<Pipeline>(body, [&](const JsonReader& root) {
    root.require({"stages"});
    Pipeline pipeline = pipeline_of(root);
    if (pipeline.slug.empty()) pipeline.slug = asked;
    pipeline.stages = read_all<PipelineStage>(root, "stages", stage_of);
    const auto earlier = [](const PipelineStage& a, const PipelineStage& b) {
      return a.order < b.order;
    };
    std::stable_sort(pipeline.stages.begin(), pipeline.stages.end(), earlier);
    return pipeline;
  });
}

Result<Enrollment> read_enrolled(std::string_view body) {
  return read_resource<Enrollment>(body, [](const JsonReader& root) {
    Enrollment enrollment = enrollment_of(root);
    enrollment.id = EnrollmentId(root.id("enrollment_id"));
    return enrollment;
  });
}

Result<Enrollment> read_enrollment(std::string_view body, const EnrollmentId& asked) {
  return read_resource<Enrollment>(body, [&](const JsonReader& root) {
    root.require({"status"});
    Enrollment enrollment = enrollment_of(root);
    enrollment.id = EnrollmentId(root.id("id"));
    if (!same_id(enrollment.id.text(), asked.text())) root.note("id", "not the one asked for");
    return enrollment;
  });
}

}  // namespace praxisync::assess::wire
