/// The resources of the Assess API as it gives them. Missing and null are the same; a status that
/// we do not know is kept as text. `raw` is the JSON of the resource, empty unless the client was
/// told to keep it (raw.h). Sources: docs/assess-api.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assess/raw.h"
#include "domain/ids.h"
#include "domain/outcome.h"
#include "domain/secret.h"
#include "domain/time.h"
#include "domain/webhook_signature.h"

namespace praxisync::assess {

using CaseId = Id<struct CaseIdTag>;                    ///< a custom task of the organisation
using WebhookId = Id<struct WebhookIdTag>;              ///< a registered endpoint
using InviteUrl = Secret<struct InviteUrlTag>;          ///< whoever holds it can take the test

/// The month's invitations of the organisation. nullopt: the plan has no limit.
struct Quota {
  std::string plan;
  std::optional<int> limit;
  int used = 0;
  std::optional<int> remaining;  ///< never negative; worked out where only the limit is given
};

struct Organisation {
  std::string name, slug;
  Quota quota;
  Raw raw{};
};

struct Assessment {
  std::string id;
  AssessmentSlug slug;
  std::string title, description;
  std::string status;  ///< active, draft, archived
  std::optional<int> case_count, passing_score, invitation_count, time_limit_minutes;
  Raw raw{};
};

/// A task of an assessment, the platform's or the organisation's own.
struct Task {
  std::string id;
  std::string title, description;
  std::string type;       ///< platform, org
  std::string case_type;  ///< coding, sql, text, mcq
  std::string difficulty;
  std::optional<int> order, points;
  Raw raw{};
};

/// `status` of an invitation as the API spells it, folded; Unknown for any other text.
enum class InviteStatus { Pending, Started, Completed, Expired, Unknown };

struct Invite {
  InviteToken token;
  AssessmentSlug assessment;
  std::string assessment_title;
  std::string email;
  std::string name, role;
  InviteStatus status = InviteStatus::Unknown;
  std::string status_text;
  std::optional<Timestamp> created_at, sent_at, expires_at, started_at, completed_at, reminded_at;
  Raw raw{};
};

struct Candidate {
  std::string email;
  std::string name;  ///< empty: not sent
  std::string role;  ///< empty: not sent
};

enum class SendInvitationEmail { No, Yes };

enum class Creation { New, Existing };

struct CreatedInvite {
  InviteToken token;
  Creation creation = Creation::New;  ///< by the status: 201 or 200
  InviteStatus status = InviteStatus::Unknown;
  std::optional<Timestamp> expires_at;
  std::string message{};
  InviteUrl url{};
  Raw raw{};
};

enum class SkipReason { AlreadyInvited, MissingEmail, Error, Unknown };

struct BulkInvited {
  std::string email;
  InviteToken token;
  InviteUrl url{};
};

struct BulkSkipped {
  std::string email;  ///< may be empty for MissingEmail
  SkipReason reason = SkipReason::Unknown;
  std::string reason_text;
};

/// What became of a batch. Whoever is in neither list was not answered for.
struct BulkAnswer {
  std::vector<BulkInvited> invited;
  std::vector<BulkSkipped> skipped;
  std::vector<std::string>
      bad_rows;  ///< what could not be read: "invited[3].invite_token: missing"
  Raw raw{};
};

struct ResultRow {
  InviteToken token;
  std::string email, name, role;  ///< each may be empty: the token says whose it is
  std::string status_text;
  std::optional<double> score_percentage;
  std::optional<bool> passed;  ///< none while the session is known not to be over
  std::optional<Milliseconds> time_spent;
  std::optional<Violations> violations;
  std::optional<Timestamp> started_at, completed_at;
  Raw raw{};
};

struct CaseResult {
  int order = 0;
  std::string title, status;
  std::optional<double> score, max_score;
  std::optional<Milliseconds> time_spent;
};

struct ResultDetail {
  ResultRow row;  ///< its `raw` is empty: the whole is in `raw` below
  std::string assessment_title;
  /// As the report's address names it, …/assessments/SLUG/results/… in 002 and 003; empty: it does
  /// not.
  AssessmentSlug assessment;
  std::optional<double> score, max_score;
  std::optional<int> passing_score;
  std::string
      report_url;  ///< absolute: a path is resolved against the base URL; empty where not given
  std::vector<CaseResult> cases;
  Raw raw{};
};

struct PipelineStage {
  int order = 0;
  AssessmentSlug assessment;
  std::string title;
};

struct Pipeline {
  std::string id;
  PipelineSlug slug;  ///< in a detail that does not repeat it: the one asked for
  std::string title;
  std::optional<int> stage_count;
  std::vector<PipelineStage> stages;  ///< by order; empty in a list
  Raw raw{};
};

enum class EnrollmentStatus { Active, Completed, Rejected, Unknown };

struct StageScore {
  int stage = 0;     ///< zero-based
  double score = 0;  ///< 0 to 100
};

struct Enrollment {
  EnrollmentId id;
  EnrollmentStatus status = EnrollmentStatus::Unknown;
  std::string status_text;
  int current_stage = 0;  ///< zero-based
  std::vector<StageScore>
      scores;  ///< of the stages completed, in their order; none for one without a score
  Raw raw{};
};

/// A custom task. The answers to create and update hold only id and title.
struct Case {
  CaseId id;
  std::string title, description;
  std::string question;    ///< Markdown
  std::string case_type;   ///< coding, sql, multiple_choice
  std::string difficulty;  ///< easy, medium, hard
  std::string language, starter_code, expected_output, rubric;
  std::optional<int> points, time_limit_minutes;
  std::optional<bool> allow_multiple;
  std::optional<Timestamp> created_at;
  Raw raw{};  ///< also holds `options`, whose form is not documented
};

/// All four are sent, and all four are required by the API.
struct NewCase {
  std::string title, description, question, case_type;
};

/// What is given is sent, an empty text too.
struct CaseChanges {
  std::optional<std::string> title{}, question{};
};

struct Webhook {
  WebhookId id;
  std::string url;
  std::optional<bool> is_active;
  std::vector<std::string> event_types;
  Raw raw{};
};

struct NewWebhook {
  std::string url;  ///< the API takes https:// only
  std::vector<std::string> event_types;
  std::string description{};  ///< empty: not sent
};

struct CreatedWebhook {
  WebhookId id;
  WebhookSecret signing_secret;  ///< given once, here
  Raw raw{};                     ///< holds the secret
};

struct WebhookTest {
  std::string message;
  std::optional<int> status_code;  ///< of our endpoint
  std::optional<bool> is_verified;
  Raw raw{};
};

struct Member {
  std::string name, email;
  std::string role;  ///< owner, admin, recruiter, viewer
  Raw raw{};
};

/// Each as far as the server gives it.
struct Stats {
  std::optional<int> total_invites, total_candidates, completed_assessments, passed_candidates,
      active_assessments;
  std::optional<double> pass_rate, average_score_percentage;  ///< 0 to 100
  Raw raw{};
};

}  // namespace praxisync::assess
