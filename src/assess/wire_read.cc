#include <algorithm>
#include <cmath>

#include "assess/wire_resource.h"
#include "domain/text.h"
#include "http/url.h"

namespace praxisync::assess::wire {
namespace {

constexpr double kMaxPoints = 1e9;
constexpr double kMaxSeconds = 1e9;
constexpr std::size_t kMaxUrl = 2048;

Quota quota_of(const json::Reader& json) {
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
void read_meta(const json::Reader& root, Page<Assessment>& page) {
  const json::Value* const meta = root.find("meta");
  if (meta == nullptr) return;
  json::Fault fault;
  const Quota quota = quota_of(json::Reader(*meta, "meta", fault));
  if (fault) {
    page.bad_rows.push_back(fault.what());
  } else {
    page.quota = quota;
  }
}

Assessment assessment_of(const json::Reader& json) {
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
Invite invite_of(const json::Reader& json) {
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

/// Only shown: that it is missing or odd is no reason to lose the token beside it.
std::string shown_text(const json::Reader& json, std::string_view key) {
  const json::Value* const value = json.find(key);
  const auto* const text = value == nullptr ? nullptr : value->get<std::string>();
  return text == nullptr ? std::string{} : *text;
}

BulkInvited bulk_invited_of(const json::Reader& json) {
  BulkInvited invited;
  invited.email = json.text("email");
  invited.token = InviteToken(json.id("invite_token"));
  invited.url = InviteUrl(shown_text(json, "invite_url"));
  return invited;
}

/// The reason is `already_invited` in the documents' table and `already invited` in their example.
SkipReason skip_reason(std::string_view text) {
  const std::string reason = fold(text);
  if (reason == "already_invited") return SkipReason::AlreadyInvited;
  if (reason == "missing_email") return SkipReason::MissingEmail;
  if (reason == "error") return SkipReason::Error;
  return SkipReason::Unknown;
}

BulkSkipped bulk_skipped_of(const json::Reader& json) {
  BulkSkipped skipped;
  skipped.email = json.text_or_empty("email");
  skipped.reason_text = json.text_or_empty("reason");
  skipped.reason = skip_reason(skipped.reason_text);
  return skipped;
}

std::optional<Milliseconds> seconds(const json::Reader& json, std::string_view key) {
  const std::optional<double> found = json.number(key, 0, kMaxSeconds);
  if (!found) return std::nullopt;
  return Milliseconds{std::llround(*found * 1000)};
}

/// All of a result but its token, which only the list repeats.
ResultRow result_of(const json::Reader& json) {
  ResultRow row;
  row.email = json.text_or_empty("candidate_email");
  row.name = json.text_or_empty("candidate_name");
  row.role = json.text_or_empty("role");
  row.status_text = json.text("status");
  row.score_percentage = json.number("score_percentage", 0, 100);
  row.passed = json.flag("passed");
  const InviteStatus status = invite_status(row.status_text);
  if (status == InviteStatus::Pending || status == InviteStatus::Started) row.passed.reset();
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
std::string report_url(const json::Reader& json, std::string_view base_url) {
  constexpr std::string_view kKey = "detailed_report_url";
  std::string url = json.text_or_empty(kKey);
  if (url.empty()) return {};
  if (url.starts_with('/') && !url.starts_with("//")) url.insert(0, base_url);
  if (!is_web_address(url)) json.note(kKey, "neither a web address nor a path");
  return url;
}

AssessmentSlug assessment_in(std::string_view report_url) {
  constexpr std::string_view kBefore = "/assessments/", kBehind = "/results/";
  const std::size_t at = report_url.find(kBefore);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = report_url.substr(at + kBefore.size());
  const std::size_t end = rest.find(kBehind);
  if (end == std::string_view::npos) return {};
  return AssessmentSlug(http::decode_query_value(rest.substr(0, end)).value_or(""));
}

ResultRow result_row_of(const json::Reader& json) {
  const std::string token = json.id("invite_token");
  ResultRow row = result_of(json);
  row.token = InviteToken(token);
  return row;
}

CaseResult case_result_of(const json::Reader& json) {
  CaseResult result;
  result.order = json.integer("case_order", 0, kMaxInt).value_or(0);
  result.title = json.text_or_empty("case_title");
  result.status = json.text_or_empty("status");
  result.score = json.number("score", -kMaxPoints, kMaxPoints);
  result.max_score = json.number("max_score", -kMaxPoints, kMaxPoints);
  result.time_spent = seconds(json, "time_spent_seconds");
  return result;
}

}  // namespace

Result<Page<Assessment>> read_assessments(const Answer& answer, const PageToken& asked) {
  return read_resource<Page<Assessment>>(answer, [&](const json::Reader& root) {
    auto page = page_of<Assessment>(root, asked, answer.keep, assessment_of);
    read_meta(root, page);
    return page;
  });
}

Result<Assessment> read_assessment(const Answer& answer) {
  return read_resource<Assessment>(answer, assessment_of);
}

Result<Organisation> read_organisation(const Answer& answer) {
  return read_resource<Organisation>(answer, [](const json::Reader& root) {
    root.require({"plan"});
    Organisation organisation;
    organisation.name = root.text("name");
    organisation.slug = root.text_or_empty("slug");
    organisation.quota = quota_of(root);
    return organisation;
  });
}

Result<CreatedInvite> read_created_invite(const Answer& answer) {
  return read_resource<CreatedInvite>(answer, [](const json::Reader& root) {
    CreatedInvite invite;
    invite.token = InviteToken(root.id("invite_token"));
    invite.status = invite_status(root.text_or_empty("status"));
    invite.expires_at = root.time("expires_at");
    invite.message = shown_text(root, "message");
    invite.url = InviteUrl(shown_text(root, "invite_url"));
    return invite;
  });
}

Result<BulkAnswer> read_bulk_answer(const Answer& answer) {
  return read_resource<BulkAnswer>(answer, [](const json::Reader& root) {
    BulkAnswer bulk;
    if (!root.has("invited") && !root.has("skipped")) root.require({"invited", "skipped"});
    read_rows(root, "invited", Keep::Nothing, bulk_invited_of, bulk.invited, bulk.bad_rows);
    read_rows(root, "skipped", Keep::Nothing, bulk_skipped_of, bulk.skipped, bulk.bad_rows);
    return bulk;
  });
}

Result<Page<Invite>> read_invites(const Answer& answer, const PageToken& asked) {
  return read_page<Invite>(answer, asked, invite_of);
}

Result<Invite> read_invite(const Answer& answer, const InviteToken& asked) {
  return read_resource<Invite>(answer, [&](const json::Reader& root) {
    Invite invite = invite_of(root);
    if (!same_id(invite.token.reveal(), asked.reveal())) {
      root.note("invite_token", "not the one asked for");
    }
    return invite;
  });
}

Result<Done> read_done(const Answer& answer) {
  return read_resource<Done>(answer, [](const json::Reader&) { return Done{}; });
}

Result<Done> read_gone(const Answer& answer) {
  return answer.body.empty() ? Done{} : read_done(answer);
}

Result<Page<ResultRow>> read_results(const Answer& answer, const PageToken& asked) {
  return read_page<ResultRow>(answer, asked, result_row_of);
}

Result<ResultDetail> read_result(const Answer& answer, const InviteToken& asked,
                                 std::string_view base_url) {
  return read_resource<ResultDetail>(answer, [&](const json::Reader& root) {
    ResultDetail detail;
    detail.row = result_of(root);
    detail.row.token = asked;
    detail.assessment_title = root.text_or_empty("assessment");
    detail.score = root.number("score", -kMaxPoints, kMaxPoints);
    detail.max_score = root.number("max_score", -kMaxPoints, kMaxPoints);
    detail.passing_score = root.integer("passing_score", 0, kMaxInt);
    detail.report_url = report_url(root, base_url);
    detail.assessment = assessment_in(detail.report_url);
    detail.cases = read_all<CaseResult>(root, "cases", case_result_of);
    return detail;
  });
}

}  // namespace praxisync::assess::wire
