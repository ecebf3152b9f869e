#include "store/engagements.h"

#include "store/rows.h"
#include "store/screenings.h"

namespace praxisync::store {
namespace {

/// A person is contacted only while one of their applications is queued and still in its stage, and
/// its route is not held; in a narrowed store only where they are chosen (Ground::narrow_to).
#define PRAXISYNC_STILL_WANTED                                                             \
  " EXISTS (SELECT 1 FROM screening s WHERE s.engagement = e.id AND s.state IN ('queued')" \
  " AND s.in_stage = 1 AND s.route NOT IN (SELECT route FROM route_size WHERE held = 1)"   \
  " AND" PRAXISYNC_SEEN                                                                    \
  ") AND (NOT EXISTS (SELECT 1 FROM temp.narrowed) OR"                                     \
  " EXISTS (SELECT 1 FROM temp.chosen_contact c WHERE c.engagement = e.id)) "

/// When it runs out; seven days after the contact where nobody said: source 002 and 004.
#define PRAXISYNC_RUNS_OUT " coalesce(e.expires_at, e.contacted_at + 604800000) "

/// An open engagement that must be asked for. ?1 is now; a look holds for a day, and one in the
/// future, before somebody set the clock back, not at all.
#define PRAXISYNC_UNSURE                                                                         \
  " e.state IN ('invited', 'enrolled', 'started') AND (e.known_before = 1 OR"                    \
  " (" PRAXISYNC_RUNS_OUT "<= ?1 AND (e.checked_at IS NULL OR e.checked_at <" PRAXISYNC_RUNS_OUT \
  "OR e.checked_at NOT BETWEEN ?1 - 86400000 AND ?1))) "

/// A screening waits since ?1 or longer. A call that was refused puts it back into the queue, where
/// it stood before.
#define PRAXISYNC_WAITS_TOO_LONG                                                                   \
  " (s.changed_at <= ?1 OR e.attempted = 1 AND EXISTS (SELECT 1 FROM history h WHERE h.screening " \
  "= s.id"                                                                                         \
  " AND h.to_state = 'queued' AND h.at <= ?1 AND NOT EXISTS (SELECT 1 FROM history l WHERE"        \
  " l.screening = s.id AND l.id > h.id AND l.to_state NOT IN ('queued', 'dispatching')))) "

std::vector<Engagement> read_all(Query& rows) {
  std::vector<Engagement> all;
  while (rows.step()) all.push_back(read_engagement(rows));
  return all;
}

}  // namespace

Result<std::vector<Queue>> Engagements::queues(Timestamp starving_since) {
  return guarded("count the queue", [&]() -> Result<std::vector<Queue>> {
    Query rows(database_,
               "SELECT e.target_kind, e.target, e.send_email, e.round > 1, count(*), "
               "sum(EXISTS (SELECT 1 FROM screening s WHERE s.engagement = e.id AND "
               "s.state = 'queued' AND s.in_stage = 1 AND" PRAXISYNC_WAITS_TOO_LONG
               ")) FROM engagement e WHERE e.state = 'queued' "
               "AND" PRAXISYNC_STILL_WANTED "GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4");
    rows.with(starving_since);
    std::vector<Queue> queues;
    while (rows.step()) {
      queues.push_back(
          Queue{{parse_target_kind(rows.text(0)).value_or(TargetKind::Assessment), rows.text(1)},
                rows.integer(2) != 0 ? SendEmail::Yes : SendEmail::No,
                rows.integer(3) != 0 ? Rounds::Later : Rounds::First,
                static_cast<int>(rows.integer(4)),
                static_cast<int>(rows.integer(5))});
    }
    return queues;
  });
}

Result<int> Engagements::count_unseen() {
  return guarded("count who was not seen again", [&]() -> Result<int> {
    Query row(
        database_,
        "SELECT count(*) FROM engagement e WHERE e.state = 'queued' AND EXISTS (SELECT 1 FROM "
        "screening s WHERE s.engagement = e.id AND s.state = 'queued' AND s.in_stage = 1 AND "
        "NOT" PRAXISYNC_SEEN ")");
    row.step();
    return static_cast<int>(row.integer(0));
  });
}

Result<std::vector<Engagement>> Engagements::queued(const Queue& queue, EngagementKey after,
                                                    int limit) {
  return guarded("read the queue", [&]() -> Result<std::vector<Engagement>> {
    Query rows(
        database_,
        "SELECT " PRAXISYNC_ENGAGEMENT_COLUMNS
        "FROM engagement e WHERE e.state = 'queued' AND e.target_kind = ? AND e.target = ? AND "
        "e.id > ? AND e.send_email = ? AND (e.round > 1) = ? AND" PRAXISYNC_STILL_WANTED
        "ORDER BY e.id LIMIT ?");
    rows.with(to_string(queue.target.kind), queue.target.slug, after, queue.send_email,
              queue.rounds, limit);
    return read_all(rows);
  });
}

Result<BlockedQueue> Engagements::block_queue(const Target& target, std::string_view reason,
                                              const Stamp& stamp) {
  return database_.transaction("block the queue", [&]() -> Result<BlockedQueue> {
    std::vector<EngagementKey> keys;
    {
      Query rows(database_,
                 "SELECT e.id FROM engagement e WHERE e.state = 'queued' AND e.target_kind = ? AND "
                 "e.target = ? AND" PRAXISYNC_STILL_WANTED "ORDER BY e.id");
      rows.with(to_string(target.kind), target.slug);
      while (rows.step()) keys.push_back(rows.key<EngagementKey>(0));
    }
    BlockedQueue blocked{.persons = static_cast<int>(keys.size())};
    for (const EngagementKey key : keys)
      blocked.screenings += step_engagement(database_, key, State::Blocked, reason, stamp);
    return blocked;
  });
}

Result<int> Engagements::unblock(const Target& target, const Stamp& stamp) {
  return database_.transaction("queue again", [&]() -> Result<int> {
    std::vector<std::pair<ScreeningKey, EngagementKey>> found;
    {
      Query rows(database_,
                 "SELECT s.id, e.id FROM engagement e JOIN screening s ON s.engagement = e.id "
                 "WHERE e.state = 'blocked' "
                 "AND s.state = 'blocked' AND e.target_kind = ? AND e.target = ? AND e.reason LIKE "
                 "'target: %' "
                 "ORDER BY s.id");
      rows.with(to_string(target.kind), target.slug);
      while (rows.step()) found.emplace_back(rows.key<ScreeningKey>(0), rows.key<EngagementKey>(1));
    }
    for (const auto& [screening, engagement] : found) {
      Query(database_, "UPDATE engagement SET state = 'queued', reason = '' WHERE id = ?")
          .with(engagement)
          .run();
      step_screening(database_, screening, State::Blocked, State::Queued,
                     "the target takes invitations again", stamp);
    }
    return static_cast<int>(found.size());
  });
}

Result<std::vector<Target>> Engagements::blocked_targets() {
  return guarded("read blocked targets", [&]() -> Result<std::vector<Target>> {
    Query rows(database_,
               "SELECT DISTINCT target_kind, target FROM engagement WHERE state = 'blocked' AND "
               "reason LIKE "
               "'target: %' ORDER BY 1, 2");
    std::vector<Target> targets;
    while (rows.step()) {
      targets.push_back(
          {parse_target_kind(rows.text(0)).value_or(TargetKind::Assessment), rows.text(1)});
    }
    return targets;
  });
}

Result<std::vector<Open>> Engagements::open_targets(Timestamp since, Timestamp now) {
  return guarded("count open engagements", [&]() -> Result<std::vector<Open>> {
    Query rows(database_,
               "SELECT target_kind, target, count(*), sum(contacted_at NOT BETWEEN ?1 AND ?2), "
               "min(contacted_at) "
               "FROM engagement "
               "WHERE state IN ('invited', 'enrolled', 'started') GROUP BY 1, 2 ORDER BY 1, 2");
    rows.with(since, now);
    std::vector<Open> open;
    while (rows.step()) {
      open.push_back(
          Open{{parse_target_kind(rows.text(0)).value_or(TargetKind::Assessment), rows.text(1)},
               static_cast<int>(rows.integer(2)),
               static_cast<int>(rows.integer(3)),
               rows.time(4)});
    }
    return open;
  });
}

Result<std::vector<Engagement>> Engagements::unsure(Timestamp now, EngagementKey after, int limit) {
  return guarded("read whom to ask for", [&]() -> Result<std::vector<Engagement>> {
    Query rows(database_,
               "SELECT " PRAXISYNC_ENGAGEMENT_COLUMNS "FROM engagement e WHERE" PRAXISYNC_UNSURE
               "AND e.id > ?2 ORDER BY e.id LIMIT ?3");
    rows.with(now, after, limit);
    return read_all(rows);
  });
}

Result<int> Engagements::count_unsure(Timestamp now) {
  return guarded("count whom to ask for", [&]() -> Result<int> {
    Query row(database_, "SELECT count(*) FROM engagement e WHERE" PRAXISYNC_UNSURE);
    row.with(now).step();
    return static_cast<int>(row.integer(0));
  });
}

Result<void> Engagements::mark_checked(Timestamp now) {
  return database_.transaction("mark as looked at", [&]() -> Result<void> {
    Query(database_, "UPDATE engagement AS e SET checked_at = ?1 WHERE" PRAXISYNC_UNSURE)
        .with(now)
        .run();
    return {};
  });
}

Result<int> Engagements::count_contacted() {
  return guarded("count invitations", [&]() -> Result<int> {
    Query row(database_, "SELECT count(*) FROM engagement WHERE contacted_at IS NOT NULL");
    row.step();
    return static_cast<int>(row.integer(0));
  });
}

Result<void> Engagements::learn_pipeline(const PipelineSlug& pipeline,
                                         const std::vector<AssessmentSlug>& stages) {
  return database_.transaction("learn pipeline", [&]() -> Result<void> {
    Query(database_, "DELETE FROM pipeline_stage WHERE pipeline = ?").with(pipeline).run();
    for (std::size_t stage = 0; stage < stages.size(); ++stage) {
      Query(database_, "INSERT INTO pipeline_stage VALUES (?, ?, ?)")
          .with(pipeline, stage, stages[stage])
          .run();
    }
    return {};
  });
}

Result<std::vector<AssessmentSlug>> Engagements::stages_of(const PipelineSlug& pipeline) {
  return guarded("read pipeline", [&]() -> Result<std::vector<AssessmentSlug>> {
    Query rows(database_,
               "SELECT assessment FROM pipeline_stage WHERE pipeline = ? ORDER BY stage");
    rows.with(pipeline);
    std::vector<AssessmentSlug> stages;
    while (rows.step()) stages.emplace_back(rows.text(0));
    return stages;
  });
}

Result<std::vector<Engagement>> Engagements::moved(EngagementKey after, int limit) {
  return guarded("read moved enrollments", [&]() -> Result<std::vector<Engagement>> {
    Query rows(
        database_,
        "SELECT " PRAXISYNC_ENGAGEMENT_COLUMNS
        "FROM engagement e WHERE e.state IN ('enrolled', 'started') AND e.moved = 1 AND e.id > ? "
        "ORDER BY e.id LIMIT ?");
    rows.with(after, limit);
    return read_all(rows);
  });
}

Result<std::map<std::string, int>> Engagements::completed_unread() {
  return guarded("read where somebody has completed", [&]() -> Result<std::map<std::string, int>> {
    Query rows(
        database_,
        "SELECT target, sum(detail = 0) FROM engagement WHERE target_kind = 'assessment' AND state "
        "IN ('invited', 'started') AND completed_at IS NOT NULL GROUP BY 1");
    std::map<std::string, int> assessments;
    while (rows.step()) assessments.emplace(rows.text(0), static_cast<int>(rows.integer(1)));
    return assessments;
  });
}

Result<std::vector<Engagement>> Engagements::wanting_detail(const std::vector<std::string>& wanted,
                                                            EngagementKey after, int limit) {
  // Few, and of names that the config has checked; json_each keeps them one bound parameter.
  std::string list = "[";
  for (const std::string& entry : wanted) list += (list.size() > 1 ? ",\"" : "\"") + entry + "\"";
  list += "]";
  return guarded("read whose detail is wanted", [&]() -> Result<std::vector<Engagement>> {
    Query rows(database_,
               "SELECT " PRAXISYNC_ENGAGEMENT_COLUMNS
               "FROM engagement e WHERE e.target_kind = 'assessment' AND e.token IS NOT NULL AND "
               "e.id > ?1 "
               "AND e.detail = 0 AND ((e.state IN ('invited', 'started') AND e.completed_at IS NOT "
               "NULL) OR "
               "(e.state IN ('passed', 'failed') AND EXISTS (SELECT 1 FROM screening s WHERE "
               "s.engagement = e.id AND s.state = e.state AND s.route || ':' || s.state IN "
               "(SELECT value FROM json_each(?2))))) ORDER BY e.id LIMIT ?3");
    rows.with(after, list, limit);
    return read_all(rows);
  });
}

}  // namespace praxisync::store
