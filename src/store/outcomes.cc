// What the Assess API says of those who were contacted: results, sightings in the list of
// invitations, details and enrollments.
#include "store/checkpoint_rows.h"
#include "store/engagements.h"
#include "store/rows.h"
#include "store/screenings.h"

namespace praxisync::store {
namespace {

/// One answer of the API being recorded, inside its transaction.
class Recorder {
 public:
  Recorder(Database& database, const Stamp& stamp) : database_(database), stamp_(stamp) {}

  void result(const std::string& assessment, const SessionResult& row) {
    if (const auto found = find(assessment, row.token, row.email_key)) settle(*found, row);
    stage_result(assessment, row);
  }

  void sighting(const InviteSighting& row) {
    if (const auto found = find(row.assessment, row.token, row.email_key)) see(*found, row);
    if (row.state == State::Expired) stage_expired(row);
  }

  void settle(const Engagement& engagement, const SessionResult& row) {
    store_outcome(engagement.key, row);
    if (!row.passed) {
      // Completed, but nobody said how: the detail will.
      ++counts_.news;
      return;
    }
    finish(engagement, *row.passed ? Verdict::Passed : Verdict::Failed);
  }

  void finish(const Engagement& engagement, Verdict verdict) {
    const State to = *parse_state(to_string(verdict));
    if (engagement.state == to || !may_step(engagement.state, to)) return;
    // Over before we asked: perhaps by a database of ours that was lost, which has told it then.
    Query(database_,
          "UPDATE engagement SET found = 1 WHERE id = ?1 AND coalesce(contacted_at, ?2) > "
          "coalesce((SELECT max(completed_at) FROM stage_result WHERE engagement = ?1), "
          "completed_at)")
        .with(engagement.key, stamp_.at)
        .run();
    step_engagement(database_, engagement.key, to, "", stamp_);
    ++counts_.news;
    if (verdict == Verdict::Expired) {
      ++counts_.expired;
      return;
    }
    ++counts_.completed;
    ++(verdict == Verdict::Passed ? counts_.passed : counts_.failed);
  }

  const CollectCounts& counts() const { return counts_; }

 private:
  /// By its token where we know it, else by the person; the newest round counts.
  std::optional<Engagement> find(const std::string& assessment, const InviteToken& token,
                                 const std::string& email) {
    if (!token.empty()) {
      Query row(database_,
                "SELECT " PRAXISYNC_ENGAGEMENT_COLUMNS "FROM engagement e WHERE e.token = ?");
      row.with(token);
      if (row.step()) return read_engagement(row);
    }
    Query row(
        database_,
        "SELECT " PRAXISYNC_ENGAGEMENT_COLUMNS
        "FROM engagement e WHERE e.target_kind = 'assessment' AND e.target = ? AND e.email_key = ? "
        "ORDER BY e.round DESC LIMIT 1");
    row.with(assessment, email);
    if (!row.step()) return std::nullopt;
    Engagement found = read_engagement(row);
    // Another token is another invitation: of an earlier round, or made by hand since.
    const bool other = !found.token.empty() && !token.empty();
    if (other || found.state == State::Queued || found.state == State::Blocked) return std::nullopt;
    return found;
  }

  void store_outcome(EngagementKey key, const SessionResult& row) {
    const Outcome& outcome = row.outcome;
    const auto violations = [&](int Violations::*member) -> std::optional<int> {
      if (!outcome.violations) return std::nullopt;
      return (*outcome.violations).*member;
    };
    Query(
        database_,
        "UPDATE engagement SET token = coalesce(token, ?), known_before = 0, score = coalesce(?, "
        "score), "
        "time_spent = coalesce(?, time_spent), fullscreen_violations = coalesce(?, "
        "fullscreen_violations), "
        "copy_paste_violations = coalesce(?, copy_paste_violations), completed_at = coalesce(?, "
        "completed_at, ?), "
        "report_url = coalesce(nullif(?, ''), report_url), cases = coalesce(nullif(?, ''), cases) "
        "WHERE id = ?")
        .with(row.token, outcome.score_percentage, outcome.time_spent,
              violations(&Violations::fullscreen), violations(&Violations::copy_paste),
              outcome.completed_at, stamp_.at, outcome.report_url, outcome.cases, key)
        .run();
  }

  void see(const Engagement& engagement, const InviteSighting& row) {
    Query(database_,
          "UPDATE engagement SET token = coalesce(token, ?), expires_at = coalesce(?, "
          "expires_at), known_before = 0, "
          "checked_at = ? WHERE id = ?")
        .with(row.token, row.expires_at, stamp_.at, engagement.key)
        .run();
    if (engagement.token.empty()) ++counts_.news;
    if (!row.state) return;
    if (*row.state == State::Started && engagement.state == State::Invited) {
      step_engagement(database_, engagement.key, State::Started, "", stamp_);
      ++counts_.started;
      ++counts_.news;
    } else if (*row.state == State::Expired && is_open(engagement.state)) {
      finish(engagement, Verdict::Expired);
    } else if (*row.state == State::Passed && is_open(engagement.state)) {
      // Completed: the results list, or the detail, says how.
      Query(database_,
            "UPDATE engagement SET completed_at = coalesce(completed_at, ?) WHERE id = ?")
          .with(stamp_.at, engagement.key)
          .run();
      ++counts_.news;
    }
  }

  /// Everybody enrolled in a pipeline of which that assessment is a stage.
  std::vector<std::pair<Engagement, int>> enrolled_with_stage(const std::string& assessment,
                                                              const std::string& email) {
    Query rows(
        database_,
        "SELECT " PRAXISYNC_ENGAGEMENT_COLUMNS
        ", p.stage FROM pipeline_stage p JOIN engagement e ON e.target_kind = 'pipeline' AND "
        "e.target = p.pipeline AND e.email_key = ? WHERE p.assessment = ? AND "
        "e.state IN ('enrolled', 'started') ORDER BY e.id");
    rows.with(email, assessment);
    std::vector<std::pair<Engagement, int>> all;
    while (rows.step())
      all.emplace_back(read_engagement(rows), static_cast<int>(rows.integer(kEngagementColumns)));
    return all;
  }

  void stage_result(const std::string& assessment, const SessionResult& row) {
    for (const auto& [engagement, stage] : enrolled_with_stage(assessment, row.email_key)) {
      const int changed = Query(database_,
                                "INSERT INTO stage_result VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT "
                                "(engagement, stage) DO UPDATE SET "
                                "passed = excluded.passed, score = excluded.score, completed_at = "
                                "excluded.completed_at, token = excluded.token WHERE "
                                "passed IS NOT excluded.passed OR score IS NOT excluded.score")
                              .with(engagement.key, stage, row.passed, row.outcome.score_percentage,
                                    row.outcome.completed_at, row.token)
                              .run();
      if (changed == 0) continue;
      ++counts_.news;
      // The next stage's invitation runs for its own seven days.
      Query(database_,
            "UPDATE engagement SET moved = 1, expires_at = max(coalesce(expires_at, 0), ?2 + "
            "604800000), (score, completed_at) = (SELECT score, completed_at FROM stage_result "
            "WHERE engagement = ?1 ORDER BY stage DESC LIMIT 1) WHERE id = ?1")
          .with(engagement.key, row.outcome.completed_at.value_or(stamp_.at))
          .run();
      if (engagement.state == State::Enrolled) {
        step_engagement(database_, engagement.key, State::Started, "a stage was completed", stamp_);
        ++counts_.started;
      }
    }
  }

  /// A stage's invitation ran out: the pipeline goes no further for that person.
  void stage_expired(const InviteSighting& row) {
    for (const auto& [engagement, stage] : enrolled_with_stage(row.assessment, row.email_key)) {
      Query done(database_, "SELECT 1 FROM stage_result WHERE engagement = ? AND stage = ?");
      if (done.with(engagement.key, stage).step()) continue;
      // An invitation that had run out before we enrolled the person says nothing of the pipeline,
      // unless it is the only one long after all others would have run out too: then the person
      // had come as far before a database was lost, or a clock was wrong.
      const bool older =
          row.expires_at && engagement.contacted_at && *row.expires_at <= *engagement.contacted_at;
      const bool only_one =
          engagement.expires_at && stamp_.at >= *engagement.expires_at + kInvitationLifetime;
      if (!older || only_one) finish(engagement, Verdict::Expired);
    }
  }

  Database& database_;
  const Stamp& stamp_;
  CollectCounts counts_;
};

std::optional<Engagement> load(Database& database, EngagementKey key) {
  Query row(database, "SELECT " PRAXISYNC_ENGAGEMENT_COLUMNS "FROM engagement e WHERE e.id = ?");
  row.with(key);
  if (!row.step()) return std::nullopt;
  return read_engagement(row);
}

}  // namespace

CollectCounts& CollectCounts::operator+=(const CollectCounts& other) {
  completed += other.completed;
  passed += other.passed;
  failed += other.failed;
  expired += other.expired;
  started += other.started;
  news += other.news;
  return *this;
}

Result<bool> Engagements::are_of_another(const std::string& assessment,
                                         const std::vector<SessionResult>& rows) {
  return guarded("read results", [&]() -> Result<bool> {
    for (const SessionResult& row : rows) {
      if (row.token.empty()) continue;
      Query known(database_,
                  "SELECT 1 FROM engagement WHERE token = ?1 AND target_kind = 'assessment' AND "
                  "target <> ?2 UNION ALL SELECT 1 FROM stage_result r JOIN engagement e ON e.id = "
                  "r.engagement JOIN pipeline_stage p ON p.pipeline = e.target AND p.stage = "
                  "r.stage WHERE r.token = ?1 AND p.assessment <> ?2");
      if (known.with(row.token, assessment).step()) return true;
    }
    return false;
  });
}

Result<void> Engagements::forget_where_told_otherwise(const std::string& assessment,
                                                      const std::vector<SessionResult>& rows) {
  return database_.transaction("forget doubtful results", [&]() -> Result<void> {
    struct Doubtful {
      EngagementKey engagement;
      int stage = 0;
      std::string assessment;
    };
    std::vector<Doubtful> all;
    for (const SessionResult& row : rows) {
      if (row.token.empty()) continue;
      Query told(database_,
                 "SELECT r.engagement, r.stage, p.assessment FROM stage_result r JOIN engagement e "
                 "ON e.id = r.engagement JOIN pipeline_stage p ON p.pipeline = e.target AND "
                 "p.stage = r.stage WHERE r.token = ? AND p.assessment <> ?");
      told.with(row.token, assessment);
      while (told.step()) {
        all.push_back(
            {told.key<EngagementKey>(0), static_cast<int>(told.integer(1)), told.text(2)});
      }
    }
    for (const Doubtful& one : all) {
      Query(database_, "DELETE FROM stage_result WHERE engagement = ? AND stage = ?")
          .with(one.engagement, one.stage)
          .run();
      Query(database_,
            "UPDATE engagement SET (score, completed_at) = (SELECT score, completed_at FROM "
            "stage_result WHERE engagement = ?1 ORDER BY stage DESC LIMIT 1) WHERE id = ?1 AND "
            "state IN ('enrolled', 'started')")
          .with(one.engagement)
          .run();
      Query(database_, "DELETE FROM checkpoint WHERE stream = ?")
          .with(results_stream(one.assessment))
          .run();
    }
    return {};
  });
}

Result<CollectCounts> Engagements::record_results(const std::string& assessment,
                                                  const std::vector<SessionResult>& rows,
                                                  const Checkpoint& checkpoint,
                                                  const Stamp& stamp) {
  return database_.transaction("record results", [&]() -> Result<CollectCounts> {
    Recorder recorder(database_, stamp);
    for (const SessionResult& row : rows) recorder.result(assessment, row);
    write_checkpoint(database_, results_stream(assessment), checkpoint, stamp.at);
    return recorder.counts();
  });
}

Result<CollectCounts> Engagements::record_outcomes(const std::string& assessment,
                                                   const std::vector<SessionResult>& rows,
                                                   const Stamp& stamp) {
  return database_.transaction("record outcomes", [&]() -> Result<CollectCounts> {
    Recorder recorder(database_, stamp);
    for (const SessionResult& row : rows) recorder.result(assessment, row);
    return recorder.counts();
  });
}

Result<CollectCounts> Engagements::record_sightings(const std::vector<InviteSighting>& rows,
                                                    const Stamp& stamp) {
  return database_.transaction("record statuses", [&]() -> Result<CollectCounts> {
    Recorder recorder(database_, stamp);
    for (const InviteSighting& row : rows) recorder.sighting(row);
    return recorder.counts();
  });
}

Result<void> Engagements::record_gone(EngagementKey key, const Stamp& stamp) {
  return database_.transaction("record a cancelled invitation", [&]() -> Result<void> {
    const std::optional<Engagement> engagement = load(database_, key);
    if (!engagement || !is_open(engagement->state)) return {};
    Query(database_, "UPDATE engagement SET known_before = 0 WHERE id = ?").with(key).run();
    step_engagement(database_, key, State::Cancelled, "the Assess API no longer has the invitation",
                    stamp);
    return {};
  });
}

Result<CollectCounts> Engagements::record_detail(EngagementKey key,
                                                 const std::optional<SessionResult>& result,
                                                 const Stamp& stamp) {
  return database_.transaction("record a detail", [&]() -> Result<CollectCounts> {
    Query(database_, "UPDATE engagement SET detail = ? WHERE id = ?")
        .with(result ? 1 : 2, key)
        .run();
    Recorder recorder(database_, stamp);
    const std::optional<Engagement> engagement = load(database_, key);
    if (result && engagement) recorder.settle(*engagement, *result);
    return recorder.counts();
  });
}

Result<CollectCounts> Engagements::record_enrollment(EngagementKey key,
                                                     std::optional<Verdict> verdict,
                                                     const Stamp& stamp) {
  return database_.transaction("record an enrollment", [&]() -> Result<CollectCounts> {
    Query(database_, "UPDATE engagement SET moved = 0, checked_at = ? WHERE id = ?")
        .with(stamp.at, key)
        .run();
    Recorder recorder(database_, stamp);
    const std::optional<Engagement> engagement = load(database_, key);
    if (verdict && engagement) recorder.finish(*engagement, *verdict);
    return recorder.counts();
  });
}

Result<std::optional<Verdict>> Engagements::verdict_by_stages(const Engagement& enrollment) {
  return guarded("read stage results", [&]() -> Result<std::optional<Verdict>> {
    Query row(database_,
              "SELECT (SELECT count(*) FROM stage_result WHERE engagement = ?1 AND passed = 0), "
              "(SELECT count(*) FROM pipeline_stage p WHERE p.pipeline = ?2 AND NOT EXISTS (SELECT "
              "1 FROM stage_result r "
              "WHERE r.engagement = ?1 AND r.stage = p.stage AND r.passed = 1))");
    row.with(enrollment.key, enrollment.target.slug).step();
    if (row.integer(0) > 0) return std::optional(Verdict::Failed);
    if (row.integer(1) == 0) return std::optional(Verdict::Passed);
    return std::optional<Verdict>();
  });
}

}  // namespace praxisync::store
