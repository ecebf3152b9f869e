/// Dispatch's and collect's half of the database: who is to be contacted, who was, and what the
/// Assess API says of them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/engagement.h"
#include "domain/result.h"
#include "store/checkpoints.h"
#include "store/stamp.h"

namespace praxisync::store {

class Database;

enum class Rounds { First, Later };

/// One target's queue. Persons, not applications; only those still in their stage, and none whom
/// only held routes want (see safety.h).
struct Queue {
  Target target;
  SendEmail send_email = SendEmail::No;
  Rounds rounds = Rounds::First;
  int persons = 0;
  int starving = 0;  ///< of them, queued at the moment asked for or before, and ever since
};

/// One target's engagements that wait for their candidates.
struct Open {
  Target target;
  int persons = 0;
  int contacted_before = 0;  ///< contacted before the time that was asked for
  Timestamp oldest;          ///< when the first of them was contacted
};

/// What the list of invitations says of one.
struct InviteSighting {
  std::string assessment;
  std::string email_key;
  InviteToken token;
  std::optional<State>
      state;  ///< Invited, Started or Expired; Passed stands for completed; nullopt: unknown
  std::optional<Timestamp> created_at, expires_at;
};

/// What a list of results says of one session.
struct SessionResult {
  std::string email_key;
  InviteToken token;
  std::optional<bool> passed;
  Outcome outcome;  ///< its verdict is made from `passed`
};

struct CollectCounts {
  int completed = 0, passed = 0, failed = 0, expired = 0, started = 0;
  int news = 0;  ///< rows that told something new, whatever it was
  CollectCounts& operator+=(const CollectCounts& other);
};

struct BlockedQueue {
  int persons = 0, screenings = 0;
};

class Engagements {
 public:
  explicit Engagements(Database& database) : database_(database) {}

  Result<std::vector<Queue>> queues(Timestamp starving_since = Timestamp::min());
  /// Those in the queue who are not contacted, because their stage lists nobody any more.
  Result<int> count_unseen();
  /// The next persons of a queue, in the order in which they came.
  Result<std::vector<Engagement>> queued(const Queue& queue, EngagementKey after, int limit);
  /// Queued persons go to `blocked` for a reason that holds for the whole target.
  Result<BlockedQueue> block_queue(const Target& target, std::string_view reason,
                                   const Stamp& stamp);
  /// Persons blocked for their target's sake are queued again.
  Result<int> unblock(const Target& target, const Stamp& stamp);
  Result<std::vector<Target>> blocked_targets();

  /// Open engagements by target; `contacted_before` counts those who were not contacted in the run
  /// that began at `since`.
  Result<std::vector<Open>> open_targets(Timestamp since, Timestamp now);
  /// Open engagements whose state has to be asked for: never learnt, or past their expiry and not
  /// looked at for a day.
  Result<std::vector<Engagement>> unsure(Timestamp now, EngagementKey after, int limit);
  Result<int> count_unsure(Timestamp now);
  /// The whole list of invitations was read: whoever is still unsure was not in it, or is as
  /// before.
  Result<void> mark_checked(Timestamp now);
  Result<int> count_contacted();

  /// Whether any of them is known as a session of another assessment: then the page is that one's.
  Result<bool> are_of_another(const std::string& assessment,
                              const std::vector<SessionResult>& rows);
  /// Forgets what such a session was taken for where only a list told so, as a pipeline's stage:
  /// one of both lists was not the one that was asked for, and the other is read again from its
  /// top.
  Result<void> forget_where_told_otherwise(const std::string& assessment,
                                           const std::vector<SessionResult>& rows);
  /// One page of a results list and the checkpoint that passes it.
  Result<CollectCounts> record_results(const std::string& assessment,
                                       const std::vector<SessionResult>& rows,
                                       const Checkpoint& checkpoint, const Stamp& stamp);
  /// Likewise, of a page that was not read for its stream.
  Result<CollectCounts> record_outcomes(const std::string& assessment,
                                        const std::vector<SessionResult>& rows, const Stamp& stamp);
  /// One page of the list of invitations. `known_before` engagements that it names are settled by
  /// it.
  Result<CollectCounts> record_sightings(const std::vector<InviteSighting>& rows,
                                         const Stamp& stamp);
  /// An invitation that the API no longer knows: somebody cancelled it there.
  Result<void> record_gone(EngagementKey key, const Stamp& stamp);

  /// Assessments in which somebody is known to have completed, but not how; and of how many the
  /// detail was not asked for.
  Result<std::map<std::string, int>> completed_unread();

  /// Completed ones whose detail a policy asks for (`wanted` holds "ROUTE:VERDICT"), or of whom it
  /// is not known whether they passed.
  Result<std::vector<Engagement>> wanting_detail(const std::vector<std::string>& wanted,
                                                 EngagementKey after, int limit);
  Result<CollectCounts> record_detail(EngagementKey key, const std::optional<SessionResult>& result,
                                      const Stamp& stamp);

  Result<void> learn_pipeline(const PipelineSlug& pipeline,
                              const std::vector<AssessmentSlug>& stages);
  Result<std::vector<AssessmentSlug>> stages_of(const PipelineSlug& pipeline);
  /// Enrollments of whom a stage's result arrived since they were last looked at.
  Result<std::vector<Engagement>> moved(EngagementKey after, int limit);
  /// What the API says of an enrollment; nullopt: it is still under way.
  Result<CollectCounts> record_enrollment(EngagementKey key, std::optional<Verdict> verdict,
                                          const Stamp& stamp);
  /// What the stages' results say of an enrollment whose id we do not know.
  Result<std::optional<Verdict>> verdict_by_stages(const Engagement& enrollment);

 private:
  Database& database_;
};

}  // namespace praxisync::store
