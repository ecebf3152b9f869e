#include "sandbox/lifecycle.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "domain/check.h"
#include "domain/email.h"
#include "domain/text.h"
#include "domain/uuid.h"

namespace praxisync::sandbox {

void Lifecycle::catch_up(Timestamp now) {
  while (!events_.empty() && events_.top().at <= now) {
    const Event event = events_.top();
    events_.pop();
    apply(event);
  }
}

void Lifecycle::schedule(What what, Number invitation, Timestamp at) {
  events_.push(Event{at, scheduled_++, invitation, what});
}

/// An event that somebody's hand has overtaken does nothing.
void Lifecycle::apply(const Event& event) {
  const Invitation& invitation = world_.invitations[event.invitation];
  if (invitation.cancelled) return;
  switch (event.what) {
    case What::Start: {
      if (invitation.status != InvitationStatus::Pending) return;
      start(event.invitation, event.at);
      const CandidatePlan planned = plan(invitation);
      if (!planned.duration) return;
      if (planned.violations != Violations{})
        schedule(What::Violate, event.invitation, event.at + *planned.duration / 2);
      schedule(What::Finish, event.invitation, event.at + *planned.duration);
      return;
    }
    case What::Violate: {
      if (invitation.status == InvitationStatus::Started)
        violate(event.invitation, plan(invitation).violations, event.at);
      return;
    }
    case What::Finish: {
      if (invitation.status != InvitationStatus::Started) return;
      const CandidatePlan planned = plan(invitation);
      // Whole points out of the maximum, as a sum over tasks gives them.
      const double max = world_.assessments[invitation.assessment].max_score();
      const double points = std::round(planned.score_percentage * max / 100);
      const double percentage = max > 0 ? std::round(points * 10000 / max) / 100 : 0;
      finish(event.invitation, percentage, planned.violations, event.at);
      return;
    }
    case What::Expire: {
      const bool open = invitation.status == InvitationStatus::Pending ||
                        invitation.status == InvitationStatus::Started;
      if (open) expire(event.invitation, event.at);
      return;
    }
  }
}

CandidatePlan Lifecycle::plan(const Invitation& invitation) const {
  if (!options_.candidates) return {};
  return plan_of(*options_.candidates, options_.seed, invitation.email_key,
                 world_.assessments[invitation.assessment].slug);
}

std::optional<Number> Lifecycle::standing_invitation(Number assessment,
                                                     const std::string& email_key) const {
  const auto& invited = world_.assessments[assessment].invited;
  const auto found = invited.find(email_key);
  if (found == invited.end()) return std::nullopt;
  const bool expired = world_.invitations[found->second].status == InvitationStatus::Expired;
  if (expired && options_.expired_invitation == ExpiredInvitation::Renewed) return std::nullopt;
  return found->second;
}

Number Lifecycle::invite(Number assessment, const Invitee& invitee, Mail mail, Timestamp at) {
  Invitation invitation;
  invitation.assessment = assessment;
  invitation.token = uuid();
  invitation.email_key = email_key(invitee.email);
  invitation.email = options_.email_case == EmailCase::Lowered ? invitation.email_key
                                                               : std::string(trim(invitee.email));
  invitation.name = invitee.name;
  invitation.role = invitee.role;
  invitation.created_at = at;
  invitation.expires_at = at + kValidity;
  if (mail == Mail::Yes) {
    invitation.sent_at = at;
    invitation.emails_sent = 1;
  }

  const Number number = world_.invitations.size();
  world_.listed.push_back(number);
  world_.invitation_by_token[invitation.token] = number;
  world_.invitations_by_email[invitation.email_key].push_back(number);
  world_.assessments[assessment].invited[invitation.email_key] = number;
  ++world_.assessments[assessment].invitation_count;
  ++world_.invited_in_month[world_.month_of(at)];
  ++world_.totals.invitations;
  schedule(What::Expire, number, invitation.expires_at);
  if (const auto start_after = plan(invitation).start_after)
    schedule(What::Start, number, at + *start_after);
  world_.invitations.push_back(std::move(invitation));
  return number;
}

void Lifecycle::start(Number number, Timestamp at) {
  Invitation& invitation = world_.invitations[number];
  PRAXISYNC_CHECK(invitation.status == InvitationStatus::Pending,
                  "only a pending invitation starts");
  invitation.status = InvitationStatus::Started;
  invitation.started_at = at;
  ++world_.totals.started;
  deliveries_.raise("assessment.started", invitation, at);
}

void Lifecycle::violate(Number number, Violations more, Timestamp at) {
  Invitation& invitation = world_.invitations[number];
  PRAXISYNC_CHECK(invitation.status == InvitationStatus::Started, "who violates sits the test");
  invitation.violations.fullscreen += more.fullscreen;
  invitation.violations.copy_paste += more.copy_paste;
  deliveries_.raise("candidate.violation", invitation, at);
}

void Lifecycle::finish(Number number, double score_percentage, Violations violations,
                       Timestamp at) {
  Invitation& invitation = world_.invitations[number];
  PRAXISYNC_CHECK(invitation.status == InvitationStatus::Started,
                  "only a started invitation is finished");
  Assessment& assessment = world_.assessments[invitation.assessment];
  const Violations seen = invitation.violations;
  const Violations unseen{std::max(violations.fullscreen - seen.fullscreen, 0),
                          std::max(violations.copy_paste - seen.copy_paste, 0)};
  if (unseen != Violations{}) violate(number, unseen, at);
  invitation.status = InvitationStatus::Completed;
  invitation.completed_at = at;
  invitation.time_spent = at - *invitation.started_at;
  invitation.score_percentage = score_percentage;
  invitation.score = static_cast<int>(std::lround(score_percentage * assessment.max_score() / 100));
  invitation.passed = score_percentage >= assessment.passing_score;
  assessment.completed.push_back(number);
  ++world_.totals.completed;
  if (invitation.passed) ++world_.totals.passed;
  world_.totals.score_percentages += score_percentage;
  deliveries_.raise("assessment.completed", invitation, at);
  deliveries_.raise(invitation.passed ? "candidate.passed" : "candidate.failed", invitation, at);

  const auto found = world_.enrollments_by_email.find(invitation.email_key);
  if (found == world_.enrollments_by_email.end()) return;
  const Number finished = invitation.assessment;
  for (const Number enrollment : std::vector<Number>(found->second)) {
    const Enrollment& row = world_.enrollments[enrollment];
    if (row.status != EnrollmentStatus::Active) continue;
    const auto stage = static_cast<std::size_t>(row.current_stage);
    if (world_.pipelines[row.pipeline].stages[stage] == finished)
      settle_stage(enrollment, number, at);
  }
}

void Lifecycle::expire(Number number, Timestamp at) {
  Invitation& invitation = world_.invitations[number];
  PRAXISYNC_CHECK(invitation.status != InvitationStatus::Completed,
                  "a completed invitation does not expire");
  const bool unstarted = invitation.status == InvitationStatus::Pending;
  invitation.status = InvitationStatus::Expired;
  invitation.expires_at = std::min(invitation.expires_at, at);
  if (unstarted) deliveries_.raise("invitation.expired", invitation, at);
}

void Lifecycle::remind(Number number, Timestamp at) {
  Invitation& invitation = world_.invitations[number];
  invitation.reminded_at = at;
  if (!invitation.sent_at) invitation.sent_at = at;
  ++invitation.emails_sent;
  if (invitation.status != InvitationStatus::Pending) return;
  if (const auto after = plan(invitation).start_after_reminder)
    schedule(What::Start, number, at + *after);
}

void Lifecycle::cancel(Number number) {
  Invitation& invitation = world_.invitations[number];
  Assessment& assessment = world_.assessments[invitation.assessment];
  invitation.cancelled = true;
  --assessment.invitation_count;
  const auto current = assessment.invited.find(invitation.email_key);
  if (current != assessment.invited.end() && current->second == number)
    assessment.invited.erase(current);
  world_.listed.erase(std::lower_bound(world_.listed.begin(), world_.listed.end(), number));
}

Number Lifecycle::enroll(Number pipeline, const Invitee& invitee, Timestamp at) {
  Enrollment enrollment;
  enrollment.id = uuid();
  enrollment.pipeline = pipeline;
  enrollment.email = invitee.email;
  enrollment.email_key = email_key(invitee.email);
  enrollment.name = invitee.name;
  enrollment.history.push_back({HistoryEntry::Event::Enrolled, at});

  const Number number = world_.enrollments.size();
  world_.enrollment_by_id[enrollment.id] = number;
  world_.enrollments_by_email[enrollment.email_key].push_back(number);
  world_.enrollments.push_back(std::move(enrollment));
  enter_stage(number, at);
  return number;
}

/// Stages after the first are entered even when the month's quota is used up: no request is there
/// to be refused.
void Lifecycle::enter_stage(Number number, Timestamp at) {
  const Enrollment& enrollment = world_.enrollments[number];
  const Number assessment = world_.pipelines[enrollment.pipeline]
                                .stages[static_cast<std::size_t>(enrollment.current_stage)];
  if (const auto standing = standing_invitation(assessment, enrollment.email_key)) {
    const bool completed = world_.invitations[*standing].status == InvitationStatus::Completed;
    if (completed) settle_stage(number, *standing, at);
    return;
  }
  invite(assessment, Invitee{enrollment.email, enrollment.name}, Mail::Yes, at);
}

void Lifecycle::settle_stage(Number number, Number invitation, Timestamp at) {
  Enrollment& enrollment = world_.enrollments[number];
  const Invitation& sitting = world_.invitations[invitation];
  enrollment.history.push_back({HistoryEntry::Event::StageCompleted, at, enrollment.current_stage,
                                sitting.score_percentage});
  if (!sitting.passed) {
    enrollment.status = EnrollmentStatus::Rejected;
    return;
  }
  const auto next = static_cast<std::size_t>(enrollment.current_stage) + 1;
  if (next == world_.pipelines[enrollment.pipeline].stages.size()) {
    enrollment.status = EnrollmentStatus::Completed;
    return;
  }
  ++enrollment.current_stage;
  enter_stage(number, at);
}

std::string Lifecycle::uuid() { return make_uuid(random_); }

}  // namespace praxisync::sandbox
