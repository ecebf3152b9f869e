#include "domain/email.h"
#include "sandbox/endpoints.h"

namespace praxisync::sandbox {

Refusal quota_exceeded() {
  return {403, "INVITE_QUOTA_EXCEEDED",
          "Monthly invite quota exceeded. Upgrade your plan to invite more candidates."};
}

Refusal not_active() {
  return {400, "ASSESSMENT_NOT_ACTIVE",
          "This assessment is not active and cannot accept new invitations."};
}

std::optional<int> invites_remaining(const Call& call) {
  const std::optional<int> limit = invite_limit(call.options);
  if (!limit) return std::nullopt;
  return std::max(*limit - call.world.invites_used(call.now), 0);
}

namespace endpoints {
namespace {

Refusal wrong_state(std::string message) { return {400, "INVALID_STATUS", std::move(message)}; }

}  // namespace

Outcome create_invite(const Call& call) {
  const auto assessment = call.world.find_assessment(call.argument);
  if (!assessment) return not_found("Assessment");
  const auto body = wire::read_invite(call.body);
  if (const auto* refusal = std::get_if<Refusal>(&body)) return *refusal;
  const auto& [invitee, mail] = std::get<wire::InviteBody>(body);
  if (call.world.assessments[*assessment].status != AssessmentStatus::Active) return not_active();
  if (const auto standing =
          call.lifecycle.standing_invitation(*assessment, email_key(invitee.email))) {
    return Answer{200, call.write().created(call.world.invitations[*standing],
                                            "Candidate was already invited.")};
  }
  if (invites_remaining(call) == 0) return quota_exceeded();
  const Number number = call.lifecycle.invite(*assessment, invitee, mail, call.now);
  return Answer{201, call.write().created(call.world.invitations[number],
                                          "Invitation created successfully.")};
}

Outcome list_invites(const Call& call) {
  const std::vector<Number>& listed = call.world.listed;
  const auto page = slice({.size = listed.size(),
                           .order = Order::NewestFirst,
                           .key = [&](std::size_t place) { return listed[place]; }},
                          call.target, call.options);
  if (const auto* refusal = std::get_if<Refusal>(&page)) return *refusal;
  return Answer{200, call.write().invitations(std::get<Slice>(page))};
}

Outcome get_invite(const Call& call) {
  const auto number = call.world.find_invitation(call.argument);
  if (!number) return not_found("Invitation");
  return Answer{200, call.write().invitation(call.world.invitations[*number])};
}

Outcome remind(const Call& call) {
  const auto number = call.world.find_invitation(call.argument);
  if (!number) return not_found("Invitation");
  const InvitationStatus status = call.world.invitations[*number].status;
  if (status != InvitationStatus::Pending && status != InvitationStatus::Started) {
    return wrong_state("Reminders can only be sent for pending or started invitations.");
  }
  call.lifecycle.remind(*number, call.now);
  return Answer{200, call.write().message("Reminder sent.")};
}

Outcome cancel_invite(const Call& call) {
  const auto number = call.world.find_invitation(call.argument);
  if (!number) return not_found("Invitation");
  if (call.world.invitations[*number].status != InvitationStatus::Pending) {
    return wrong_state("Only pending invitations can be cancelled.");
  }
  call.lifecycle.cancel(*number);
  return Answer{204};
}

/// A session that was started and not completed is there with a score of 0 and `passed` false: only
/// `status` and `completed_at` tell it from a failed one. Without a session there is no result.
Outcome get_result(const Call& call) {
  const auto number = call.world.find_invitation(call.argument);
  if (!number) return not_found("Invitation");
  if (!call.world.invitations[*number].started_at) return not_found("Result");
  return Answer{200, call.write().result(call.world.invitations[*number])};
}

}  // namespace endpoints
}  // namespace praxisync::sandbox
