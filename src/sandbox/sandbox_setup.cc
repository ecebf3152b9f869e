// The set-up, the candidates' hands and the views of the truth of AssessSandbox.
#include <utility>

#include "domain/check.h"
#include "domain/email.h"
#include "sandbox/assess_sandbox.h"

namespace praxisync::sandbox {
namespace {

struct TaskKind {
  const char* title;
  const char* case_type;
  const char* difficulty;
};

constexpr TaskKind kTasks[] = {
    {"Query Optimization", "sql", "medium"}, {"ETL Pipeline", "coding", "medium"},
    {"Data Modeling", "text", "hard"},       {"Rate Limiter", "coding", "hard"},
    {"Reading Logs", "mcq", "easy"},
};

Error refused(const char* what) { return Error{ErrorKind::Rejected, what}; }

}  // namespace

void AssessSandbox::add_key(std::string key, std::vector<std::string> scopes) {
  PRAXISYNC_CHECK(key.starts_with("ct_live_"), "keys of the Assess API start so");
  world_.keys.push_back({std::move(key), std::move(scopes)});
}

void AssessSandbox::add_assessment(std::string slug, std::string title, AssessmentStatus status,
                                   int passing_score, int n_cases) {
  PRAXISYNC_CHECK(!world_.assessment_by_slug.contains(slug), "an assessment's slug is its own");
  catch_up();
  Assessment assessment;
  assessment.id = lifecycle_.uuid();
  assessment.description = "A screen with " + std::to_string(n_cases) + " tasks.";
  assessment.status = status;
  assessment.passing_score = passing_score;
  if (n_cases > 1) assessment.time_limit_minutes = 30 * n_cases;
  assessment.created_at = assessment.updated_at = now_;
  for (int place = 0; place < n_cases; ++place) {
    const TaskKind& kind = kTasks[static_cast<std::size_t>(place) % std::size(kTasks)];
    assessment.tasks.push_back({lifecycle_.uuid(), kind.title, "Solve it as you would at work.",
                                place % 3 == 2 ? "org" : "platform", kind.case_type,
                                kind.difficulty});
  }
  world_.assessment_by_slug[slug] = world_.assessments.size();
  assessment.slug = std::move(slug);
  assessment.title = std::move(title);
  world_.assessments.push_back(std::move(assessment));
}

void AssessSandbox::set_assessment_status(const std::string& slug, AssessmentStatus status) {
  const auto number = world_.find_assessment(slug);
  PRAXISYNC_CHECK(number.has_value(), "there is such an assessment");
  catch_up();
  world_.assessments[*number].status = status;
  world_.assessments[*number].updated_at = now_;
}

void AssessSandbox::add_pipeline(std::string slug, std::string title,
                                 const std::vector<std::string>& assessment_slugs) {
  PRAXISYNC_CHECK(!world_.pipeline_by_slug.contains(slug), "a pipeline's slug is its own");
  PRAXISYNC_CHECK(!assessment_slugs.empty(), "a pipeline has a stage");
  Pipeline pipeline;
  pipeline.id = lifecycle_.uuid();
  pipeline.description = "Several assessments in a row.";
  for (const std::string& assessment : assessment_slugs) {
    const auto number = world_.find_assessment(assessment);
    PRAXISYNC_CHECK(number.has_value(), "a pipeline's assessments are there");
    pipeline.stages.push_back(*number);
  }
  world_.pipeline_by_slug[slug] = world_.pipelines.size();
  pipeline.slug = std::move(slug);
  pipeline.title = std::move(title);
  world_.pipelines.push_back(std::move(pipeline));
}

Result<Number> AssessSandbox::invitation(const std::string& token) {
  catch_up();
  const auto number = world_.find_invitation(token);
  if (!number) return refused("there is no such invitation");
  return *number;
}

Result<void> AssessSandbox::start(const std::string& token) {
  const Result<Number> number = invitation(token);
  if (!number) return number.error();
  if (world_.invitations[*number].status != InvitationStatus::Pending)
    return refused("the invitation is not pending");
  lifecycle_.start(*number, now_);
  return {};
}

Result<void> AssessSandbox::finish(const std::string& token, double score_percentage,
                                   Violations violations) {
  const Result<Number> number = invitation(token);
  if (!number) return number.error();
  const InvitationStatus status = world_.invitations[*number].status;
  if (status == InvitationStatus::Pending) lifecycle_.start(*number, now_);
  if (world_.invitations[*number].status != InvitationStatus::Started)
    return refused("the invitation is over");
  lifecycle_.finish(*number, score_percentage, violations, now_);
  return {};
}

Result<void> AssessSandbox::violate(const std::string& token, Violations more) {
  const Result<Number> number = invitation(token);
  if (!number) return number.error();
  if (world_.invitations[*number].status != InvitationStatus::Started)
    return refused("the invitation is not started");
  lifecycle_.violate(*number, more, now_);
  return {};
}

Result<void> AssessSandbox::expire(const std::string& token) {
  const Result<Number> number = invitation(token);
  if (!number) return number.error();
  if (world_.invitations[*number].status == InvitationStatus::Completed)
    return refused("the invitation is completed");
  lifecycle_.expire(*number, now_);
  return {};
}

Result<void> AssessSandbox::start(std::string_view email, const std::string& slug) {
  return start(token_of(email, slug));
}

Result<void> AssessSandbox::finish(std::string_view email, const std::string& slug,
                                   double score_percentage, Violations violations) {
  return finish(token_of(email, slug), score_percentage, violations);
}

Result<void> AssessSandbox::violate(std::string_view email, const std::string& slug,
                                    Violations more) {
  return violate(token_of(email, slug), more);
}

Result<void> AssessSandbox::expire(std::string_view email, const std::string& slug) {
  return expire(token_of(email, slug));
}

std::vector<Invitation> AssessSandbox::invitations_of(std::string_view email) const {
  std::vector<Invitation> rows;
  const auto found = world_.invitations_by_email.find(email_key(email));
  if (found == world_.invitations_by_email.end()) return rows;
  for (const Number number : found->second) rows.push_back(world_.invitations[number]);
  return rows;
}

std::vector<Enrollment> AssessSandbox::enrollments_of(std::string_view email) const {
  std::vector<Enrollment> rows;
  const auto found = world_.enrollments_by_email.find(email_key(email));
  if (found == world_.enrollments_by_email.end()) return rows;
  for (const Number number : found->second) rows.push_back(world_.enrollments[number]);
  return rows;
}

int AssessSandbox::emails_sent_to(std::string_view email) const {
  int sum = 0;
  for (const Invitation& row : invitations_of(email)) sum += row.emails_sent;
  return sum;
}

std::string AssessSandbox::token_of(std::string_view email, const std::string& slug) const {
  const auto assessment = world_.find_assessment(slug);
  if (!assessment) return {};
  const auto& invited = world_.assessments[*assessment].invited;
  const auto found = invited.find(email_key(email));
  return found == invited.end() ? std::string{} : world_.invitations[found->second].token;
}

}  // namespace praxisync::sandbox
