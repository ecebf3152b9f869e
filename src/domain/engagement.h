/// What the Assess API makes for one person: an invitation to an assessment or an enrollment in a
/// pipeline. All screenings of the same person and target share one, which is why nobody is
/// contacted twice however many applications they have.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/outcome.h"
#include "domain/route.h"
#include "domain/screening.h"
#include "domain/secret.h"

namespace praxisync {

/// Row numbers of our own database: never shown to a peer.
enum class EngagementKey : std::int64_t {};
enum class ScreeningKey : std::int64_t {};
enum class IntentKey : std::int64_t {};
enum class WriteBackKey : std::int64_t {};
enum class RunKey : std::int64_t {};

/// Where the API does not say: source 002 and 004, 'expires_at'.
inline constexpr Milliseconds kInvitationLifetime = std::chrono::days{7};

struct Engagement {
  EngagementKey key{};
  Target target;
  int round = 1;  ///< counts up with each re-invitation
  std::string email, name, role;
  SendEmail send_email = SendEmail::No;
  State state = State::Queued;
  bool attempted = false;   ///< a call for it may have been made before
  InviteToken token;        ///< empty while unknown, and for enrollments
  EnrollmentId enrollment;  ///< empty while unknown, and for invitations
  std::optional<Timestamp> contacted_at{}, expires_at{}, reminded_at{};
  int reminders = 0;
  std::optional<Outcome> outcome{};
};

}  // namespace praxisync
