#include "store/write_backs.h"

#include "store/rows.h"
#include "store/screenings.h"

namespace praxisync::store {
namespace {

State state_of(Database& database, ScreeningKey key) {
  Query row(database, "SELECT state FROM screening WHERE id = ?");
  row.with(key);
  row.step_to_row();
  return row.state(0);
}

/// Written back is a screening of which every action of its round and outcome has landed.
void finish_when_all_applied(Database& database, ScreeningKey key, const Stamp& stamp) {
  {
    Query open(database,
               "SELECT 1 FROM write_back w JOIN screening s ON s.id = w.screening WHERE s.id = ? "
               "AND w.round = s.round AND "
               "w.verdict = s.state AND w.state NOT IN ('applied', 'left_alone') LIMIT 1");
    if (open.with(key).step()) return;
  }
  const State state = state_of(database, key);
  if (!has_verdict(state)) return;  // a further round began meanwhile
  step_screening(database, key, state, State::WrittenBack, "", stamp);
}

/// Another application of the same person may have begun the new round before.
void join_round_under_way(Database& database, ScreeningKey key, const Stamp& stamp) {
  State reached = State::Queued;
  {
    Query row(database,
              "SELECT e.state FROM screening s JOIN engagement e ON e.id = s.engagement WHERE s.id "
              "= ?");
    if (row.with(key).step()) reached = row.state(0);
  }
  if (reached == State::Queued || !may_step(State::Queued, reached)) return;
  step_screening(database, key, State::Queued, reached, "this person already has one", stamp);
}

void requeue(Database& database, const Finished& screening, const Stamp& stamp) {
  Query(
      database,
      "INSERT INTO engagement (target_kind, target, email_key, round, email, name, role, "
      "send_email, state) "
      "SELECT e.target_kind, e.target, e.email_key, e.round + 1, e.email, e.name, e.role, "
      "e.send_email, 'queued' FROM "
      "engagement e JOIN screening s ON s.engagement = e.id WHERE s.id = ? ON CONFLICT DO NOTHING")
      .with(screening.key)
      .run();
  Query(database,
        "UPDATE screening SET round = round + 1, engagement = (SELECT n.id FROM engagement e JOIN "
        "engagement n ON "
        "n.target_kind = e.target_kind AND n.target = e.target AND n.email_key = e.email_key AND "
        "n.round = e.round + 1 "
        "WHERE e.id = screening.engagement) WHERE id = ?")
      .with(screening.key)
      .run();
  step_screening(database, screening.key, state_of(database, screening.key), State::Queued,
                 "invited again", stamp);
  join_round_under_way(database, screening.key, stamp);
}

}  // namespace

Result<std::vector<Finished>> WriteBacks::unplanned(const ConnectorName& connector,
                                                    ScreeningKey after, int limit) {
  return guarded("read outcomes", [&]() -> Result<std::vector<Finished>> {
    Query rows(database_, "SELECT " PRAXISYNC_ENGAGEMENT_COLUMNS
                          ", s.id, s.route, s.round, s.in_stage, s.state, a.external_id, a.job, "
                          "a.stage, a.stage_id FROM screening s "
                          "JOIN application a ON a.id = s.application LEFT JOIN engagement e ON "
                          "e.id = s.engagement WHERE "
                          "a.connector = ?1 AND s.id > ?2 AND s.state IN ('passed', 'failed', "
                          "'expired', 'cancelled', "
                          "'withdrawn') AND (NOT EXISTS (SELECT 1 FROM write_back w WHERE "
                          "w.screening = s.id AND w.round = "
                          "s.round AND w.verdict = s.state) OR EXISTS (SELECT 1 FROM write_back w "
                          "WHERE w.screening = s.id "
                          "AND w.round = s.round AND w.verdict = s.state AND w.state = 'refused')) "
                          "ORDER BY s.id LIMIT ?3");
    rows.with(connector, after, limit);
    std::vector<Finished> all;
    while (rows.step()) {
      Finished finished;
      const int own = kEngagementColumns;
      finished.key = rows.key<ScreeningKey>(own);
      finished.route = RouteName(rows.text(own + 1));
      finished.round = static_cast<int>(rows.integer(own + 2));
      finished.in_stage = rows.integer(own + 3) != 0;
      finished.application = ApplicationId(rows.text(own + 5));
      finished.job = rows.text(own + 6);
      finished.stage = rows.text(own + 7);
      finished.stage_id = rows.text(own + 8);
      if (!rows.is_null(0)) finished.outcome = read_engagement(rows).outcome.value_or(Outcome{});
      finished.outcome.verdict = parse_verdict(rows.text(own + 4)).value_or(Verdict::Withdrawn);
      all.push_back(std::move(finished));
    }
    return all;
  });
}

Result<void> WriteBacks::plan(const Finished& screening, const std::vector<PlannedAction>& actions,
                              Reinvite reinvite, const Stamp& stamp) {
  return database_.transaction("plan write-backs", [&]() -> Result<void> {
    int ordinal = 0;
    for (const PlannedAction& action : actions) {
      Query(database_,
            "INSERT INTO write_back (screening, round, verdict, ordinal, kind, field, value, "
            "marker, expected_stage, expected_stage_id, state, planned_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?) ON CONFLICT (screening, round, "
            "verdict, "
            "kind, field) DO UPDATE "
            "SET value = excluded.value, state = 'planned', reason = '' WHERE write_back.state = "
            "'refused' AND "
            "write_back.value <> excluded.value")
          .with(screening.key, screening.round, to_string(screening.outcome.verdict), ordinal++,
                to_string(action.kind), action.field, action.value, action.marker, screening.stage,
                screening.stage_id, stamp.at)
          .run();
    }
    if (reinvite == Reinvite::Yes) {
      requeue(database_, screening, stamp);
    } else if (actions.empty()) {
      finish_when_all_applied(database_, screening.key, stamp);
    }
    return {};
  });
}

Result<std::vector<PendingWrite>> WriteBacks::pending(const ConnectorName& connector,
                                                      WriteBackKey after, int limit) {
  return guarded("read write-backs", [&]() -> Result<std::vector<PendingWrite>> {
    Query rows(
        database_,
        "SELECT " PRAXISYNC_ENGAGEMENT_COLUMNS
        ", w.id, w.screening, w.state, w.attempts, w.settle_after, w.marker, a.external_id, "
        "a.candidate_id, a.email, s.route, w.kind, w.value, w.field, w.expected_stage, "
        "w.planned_at, "
        "w.verdict, w.expected_stage_id, EXISTS (SELECT 1 FROM engagement f WHERE f.target_kind = "
        "e.target_kind AND f.target = e.target AND f.email_key = e.email_key AND f.found = 1), "
        "s.in_stage, "
        // What praxisync wrote last into the same field of the same application.
        "coalesce((SELECT p.value FROM write_back p JOIN screening ps ON ps.id = p.screening WHERE "
        "w.kind = 'field' AND ps.application = s.application AND p.kind = 'field' AND p.field = "
        "w.field AND p.state = 'applied' ORDER BY p.closed_at DESC, p.id DESC LIMIT 1), '') "
        "FROM write_back w JOIN screening s ON s.id = w.screening JOIN application a ON a.id = "
        "s.application LEFT JOIN engagement e ON e.id = s.engagement WHERE w.state IN ('planned', "
        "'sending') AND a.connector = ? AND w.id > ? AND (NOT EXISTS (SELECT 1 FROM temp.narrowed) "
        "OR EXISTS (SELECT 1 FROM temp.chosen_write c WHERE c.write_back = w.id)) ORDER BY w.id "
        "LIMIT ?");
    rows.with(connector, after, limit);
    std::vector<PendingWrite> all;
    while (rows.step()) {
      const int own = kEngagementColumns;
      PendingWrite write;
      write.key = rows.key<WriteBackKey>(own);
      write.screening = rows.key<ScreeningKey>(own + 1);
      write.state = rows.text(own + 2) == "sending" ? WriteState::Sending : WriteState::Planned;
      write.attempts = static_cast<int>(rows.integer(own + 3));
      write.settle_after = rows.maybe_time(own + 4).value_or(Timestamp{});
      WriteBack& action = write.action;
      action.marker = rows.text(own + 5);
      action.application = ApplicationId(rows.text(own + 6));
      action.candidate = CandidateId(rows.text(own + 7));
      action.email = rows.text(own + 8);
      action.route = RouteName(rows.text(own + 9));
      action.kind = parse_action_kind(rows.text(own + 10)).value_or(ActionKind::Note);
      action.value = rows.text(own + 11);
      action.field = rows.text(own + 12);
      action.expected_stage = rows.text(own + 13);
      action.at = rows.time(own + 14);
      const Verdict verdict = parse_verdict(rows.text(own + 15)).value_or(Verdict::Failed);
      if (!rows.is_null(0)) {
        if (auto outcome = read_engagement(rows).outcome; outcome && outcome->verdict == verdict) {
          action.outcome = std::move(*outcome);
        }
      }
      action.outcome.verdict = verdict;
      action.expected_stage_id = rows.text(own + 16);
      write.origin = rows.integer(own + 17) != 0 ? Origin::Before : Origin::Ours;
      write.in_stage = rows.integer(own + 18) != 0;
      action.previous = rows.text(own + 19);
      all.push_back(std::move(write));
    }
    return all;
  });
}

Result<int> WriteBacks::count_pending(const ConnectorName& connector) {
  return guarded("count write-backs", [&]() -> Result<int> {
    Query row(database_,
              "SELECT count(*) FROM write_back w JOIN screening s ON s.id = w.screening JOIN "
              "application a ON a.id = s.application WHERE w.state IN ('planned', 'sending') AND "
              "a.connector = ?");
    row.with(connector);
    row.step();
    return static_cast<int>(row.integer(0));
  });
}

Result<void> WriteBacks::mark_sending(WriteBackKey key, Timestamp settle_after, const Stamp&) {
  return database_.transaction("store a write-back's intent", [&]() -> Result<void> {
    Query(database_,
          "UPDATE write_back SET state = 'sending', attempts = attempts + 1, settle_after = ? "
          "WHERE id = ?")
        .with(settle_after, key)
        .run();
    return {};
  });
}

Result<void> WriteBacks::answer_lost(WriteBackKey key, Timestamp settle_after) {
  return database_.transaction("store that a write-back's answer was lost", [&]() -> Result<void> {
    Query(database_, "UPDATE write_back SET settle_after = ? WHERE id = ?")
        .with(settle_after, key)
        .run();
    return {};
  });
}

Result<void> WriteBacks::close(const PendingWrite& write, std::string_view state,
                               std::string_view reason, const Stamp& stamp) {
  return database_.transaction("store a write-back's answer", [&]() -> Result<void> {
    Query(database_, "UPDATE write_back SET state = ?, reason = ?, closed_at = ? WHERE id = ?")
        .with(state, reason, stamp.at, write.key)
        .run();
    finish_when_all_applied(database_, write.screening, stamp);
    return {};
  });
}

Result<void> WriteBacks::applied(const PendingWrite& write, const Written& written,
                                 const Stamp& stamp) {
  const bool done = written.how == Written::How::Done;
  return close(write, done ? "applied" : "left_alone", written.remark, stamp);
}

Result<void> WriteBacks::refused(const PendingWrite& write, std::string_view reason,
                                 const Stamp& stamp) {
  return close(write, "refused", reason, stamp);
}

Result<void> WriteBacks::not_landed(const PendingWrite& write, std::string_view reason,
                                    const Stamp& stamp) {
  return close(write, "planned", reason, stamp);
}

}  // namespace praxisync::store
