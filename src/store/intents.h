/// Intents before effects: what is about to be asked of the Assess API is stored before it is sent,
/// and its answer after. An intent that is still open when a run begins was left by a kill or a
/// lost answer and is settled before anything else is sent.
#pragma once

#include <string>
#include <vector>

#include "domain/engagement.h"
#include "domain/result.h"
#include "store/stamp.h"

namespace praxisync::store {

class Database;

enum class IntentKind { Invite, BulkInvite, Enroll, Remind, Cancel };

struct Intent {
  IntentKey key{};
  IntentKind kind = IntentKind::BulkInvite;
  std::string target;
  Timestamp opened_at;  ///< by the API's clock
  Timestamp settle_after;
  std::vector<Engagement> engagements;
};

/// What became of one engagement of an intent.
enum class Answer {
  Invited,
  Enrolled,  ///< the id may be unknown
  Requeued,  ///< it goes again: nothing took effect, or to ask again is harmless for some days
  Absent,    ///< it goes again: the API's whole list shows that nothing ever took effect
  Left,      ///< nothing took effect, and nobody wants it any more
  Blocked,   ///< a person must act
  Reminded,
  Cancelled,
  Unchanged,  ///< a reminder or a cancellation that the API refused, or that did not take effect
};

/// Whose invitation it is.
enum class Origin {
  Ours,
  Perhaps,  ///< it was there, and a call of ours may have made it
  Before,   ///< it was there before we first asked
};
/// Whether its state is known, or has yet to be learnt.
enum class Standing { Fresh, ToLearn };

struct Settlement {
  EngagementKey engagement{};
  Answer answer = Answer::Unchanged;
  std::string reason{};
  InviteToken token{};
  EnrollmentId enrollment{};
  std::optional<Timestamp> expires_at{};
  Origin origin = Origin::Ours;
  Standing standing = Standing::Fresh;
};

struct SettledCounts {
  int invited = 0, already_invited = 0, enrolled = 0, blocked = 0, reminded = 0, cancelled = 0;
  SettledCounts& operator+=(const SettledCounts& other);
};

class Intents {
 public:
  explicit Intents(Database& database) : database_(database) {}

  /// Stores what is about to be sent; queued engagements become `dispatching`.
  Result<IntentKey> open(IntentKind kind, const std::string& target,
                         const std::vector<EngagementKey>& engagements, const std::string& body,
                         Timestamp settle_after, const Stamp& stamp);
  /// Those left by an earlier run, oldest first.
  Result<std::vector<Intent>> open_intents();
  /// Those to be invited who wait since a call that may have invited them, made at `before` (by the
  /// API's clock) or earlier: an intent each target, as if that call's answer had just been lost.
  /// Their number.
  Result<int> reopen(Timestamp before, const Stamp& stamp);
  /// Before `settle_after` absence proves nothing.
  Result<void> wait_until(IntentKey key, Timestamp settle_after);
  Result<int> count_open();
  /// Reminders and cancellations that were sent since that time.
  Result<int> count_lifecycle_calls(Timestamp since);
  /// The answer, for all or some of its engagements; the intent is done when none is left open.
  Result<SettledCounts> settle(IntentKey key, const std::vector<Settlement>& settlements,
                               const Stamp& stamp);
  /// Whether that invitation is another engagement's, as of an earlier round.
  Result<bool> is_anothers(const InviteToken& token, EngagementKey key);
  /// Whether an application of that engagement is still in its stage.
  Result<bool> still_wanted(EngagementKey key);
  /// Whether that person was contacted by us for that assessment (trap 7: then its invitation does
  /// not show that an enrollment took effect).
  Result<bool> invited_directly(const std::string& assessment, const std::string& email_key);

  /// Open invitations due for a reminder: of a route in `routes`, contacted at `contacted_by` or
  /// before, with fewer than `most` reminders.
  Result<std::vector<Engagement>> due_for_reminder(const RouteName& route, Timestamp now,
                                                   Milliseconds after, int most,
                                                   EngagementKey behind, int limit);
  /// Invited (not started) ones whose every screening has left the stage, under a route that
  /// cancels then.
  Result<std::vector<Engagement>> due_for_cancelling(const RouteName& route, EngagementKey after,
                                                     int limit);

 private:
  Database& database_;
};

}  // namespace praxisync::store
