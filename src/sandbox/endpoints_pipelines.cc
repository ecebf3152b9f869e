#include "domain/email.h"
#include "sandbox/endpoints.h"

namespace praxisync::sandbox::endpoints {
namespace {

/// The person's first enrollment in this pipeline.
std::optional<Number> earlier_enrollment(const World& world, Number pipeline,
                                         const std::string& email_key) {
  const auto found = world.enrollments_by_email.find(email_key);
  if (found == world.enrollments_by_email.end()) return std::nullopt;
  for (const Number number : found->second) {
    if (world.enrollments[number].pipeline == pipeline) return number;
  }
  return std::nullopt;
}

}  // namespace

Outcome list_pipelines(const Call& call) { return Answer{200, call.write().pipelines()}; }

Outcome get_pipeline(const Call& call) {
  const auto number = call.world.find_pipeline(call.argument);
  if (!number) return not_found("Pipeline");
  return Answer{200, call.write().pipeline(call.world.pipelines[*number])};
}

Outcome enroll(const Call& call) {
  const auto pipeline = call.world.find_pipeline(call.argument);
  if (!pipeline) return not_found("Pipeline");
  const auto parsed = wire::read_enrollment(call.body);
  if (const auto* refusal = std::get_if<Refusal>(&parsed)) return *refusal;
  const auto& invitee = std::get<Invitee>(parsed);
  const std::string key = email_key(invitee.email);
  const auto earlier = earlier_enrollment(call.world, *pipeline, key);
  if (earlier && call.options.enroll_again == EnrollAgain::Refused) {
    return Refusal{400, "ALREADY_ENROLLED", "Candidate is already enrolled in this pipeline."};
  }
  if (earlier && call.options.enroll_again == EnrollAgain::Same) {
    return Answer{200, call.write().enrolled(call.world.enrollments[*earlier],
                                             "Candidate was already enrolled.")};
  }
  const Number first = call.world.pipelines[*pipeline].stages.front();
  if (call.world.assessments[first].status != AssessmentStatus::Active) return not_active();
  if (!call.lifecycle.standing_invitation(first, key) && invites_remaining(call) == 0)
    return quota_exceeded();
  const Number number = call.lifecycle.enroll(*pipeline, invitee, call.now);
  return Answer{201, call.write().enrolled(call.world.enrollments[number],
                                           "Candidate enrolled successfully.")};
}

Outcome get_enrollment(const Call& call) {
  const auto found = call.world.enrollment_by_id.find(call.argument);
  if (found == call.world.enrollment_by_id.end()) return not_found("Enrollment");
  return Answer{200, call.write().enrollment(call.world.enrollments[found->second])};
}

}  // namespace praxisync::sandbox::endpoints
