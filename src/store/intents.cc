#include "store/intents.h"

#include <map>

#include "store/rows.h"
#include "store/screenings.h"

namespace praxisync::store {
namespace {

constexpr std::pair<IntentKind, const char*> kKinds[] = {{IntentKind::Invite, "invite"},
                                                         {IntentKind::BulkInvite, "bulk_invite"},
                                                         {IntentKind::Enroll, "enroll"},
                                                         {IntentKind::Remind, "remind"},
                                                         {IntentKind::Cancel, "cancel"}};

const char* name_of(IntentKind kind) {
  for (const auto& [value, name] : kKinds) {
    if (value == kind) return name;
  }
  return "bulk_invite";
}

IntentKind kind_of(std::string_view name) {
  for (const auto& [value, known] : kKinds) {
    if (name == known) return value;
  }
  return IntentKind::BulkInvite;
}

bool contacts(IntentKind kind) {
  return kind == IntentKind::Invite || kind == IntentKind::BulkInvite || kind == IntentKind::Enroll;
}

State state_of(Database& database, EngagementKey key) {
  Query row(database, "SELECT state FROM engagement WHERE id = ?");
  row.with(key);
  row.step_to_row();
  return row.state(0);
}

/// Nothing took effect: back to where it was before, but for those who have left meanwhile.
void put_back(Database& database, const Settlement& settlement, const Stamp& stamp) {
  step_engagement(database, settlement.engagement, State::Queued, settlement.reason, stamp);
  std::vector<ScreeningKey> screenings;
  {
    Query rows(
        database,
        "SELECT id FROM screening WHERE engagement = ? AND state = 'queued' AND in_stage = 0");
    rows.with(settlement.engagement);
    while (rows.step()) screenings.push_back(rows.key<ScreeningKey>(0));
  }
  for (const ScreeningKey key : screenings) {
    step_screening(database, key, State::Queued, State::Withdrawn, "left the stage", stamp);
  }
}

void contacted(Database& database, const Settlement& settlement, State to, const Stamp& stamp) {
  const bool unknown = settlement.standing == Standing::ToLearn;
  Query(database,
        "UPDATE engagement SET token = coalesce(?, token), enrollment_id = nullif(?, ''), "
        "contacted_at = "
        "coalesce(contacted_at, ?), expires_at = ?, known_before = ?, found = max(found, ?) WHERE "
        "id = ?")
      .with(
          settlement.token, settlement.enrollment, stamp.at_the_api(),
          settlement.expires_at
              ? settlement.expires_at
              : (unknown ? std::nullopt : std::optional(stamp.at_the_api() + kInvitationLifetime)),
          unknown ? 1 : 0, settlement.origin == Origin::Ours ? 0 : 1, settlement.engagement)
      .run();
  step_engagement(database, settlement.engagement, to, settlement.reason, stamp);
}

void apply(Database& database, const Settlement& settlement, SettledCounts& counts,
           const Stamp& stamp) {
  switch (settlement.answer) {
    case Answer::Invited:
      contacted(database, settlement, State::Invited, stamp);
      ++(settlement.origin == Origin::Before ? counts.already_invited : counts.invited);
      return;
    case Answer::Enrolled:
      contacted(database, settlement, State::Enrolled, stamp);
      ++counts.enrolled;
      return;
    case Answer::Absent:
      Query(database, "UPDATE engagement SET attempted = 0, attempted_at = NULL WHERE id = ?")
          .with(settlement.engagement)
          .run();
      put_back(database, settlement, stamp);
      return;
    case Answer::Requeued:
    case Answer::Left:
      put_back(database, settlement, stamp);
      return;
    case Answer::Blocked:
      counts.blocked += step_engagement(database, settlement.engagement, State::Blocked,
                                        settlement.reason, stamp);
      return;
    case Answer::Reminded:
      Query(database,
            "UPDATE engagement SET reminders = reminders + 1, reminded_at = ? WHERE id = ?")
          .with(stamp.at, settlement.engagement)
          .run();
      ++counts.reminded;
      return;
    case Answer::Cancelled:
      counts.cancelled += step_engagement(database, settlement.engagement, State::Cancelled,
                                          settlement.reason, stamp);
      return;
    case Answer::Unchanged:
      return;
  }
}

}  // namespace

SettledCounts& SettledCounts::operator+=(const SettledCounts& other) {
  invited += other.invited;
  already_invited += other.already_invited;
  enrolled += other.enrolled;
  blocked += other.blocked;
  reminded += other.reminded;
  cancelled += other.cancelled;
  return *this;
}

Result<IntentKey> Intents::open(IntentKind kind, const std::string& target,
                                const std::vector<EngagementKey>& engagements,
                                const std::string& body, Timestamp settle_after,
                                const Stamp& stamp) {
  return database_.transaction("store an intent", [&]() -> Result<IntentKey> {
    Query(database_,
          "INSERT INTO intent (kind, target, body, state, run, opened_at, settle_after) VALUES (?, "
          "?, ?, 'open', ?, ?, ?)")
        .with(name_of(kind), target, body, stamp.run, stamp.at_the_api(), settle_after)
        .run();
    const IntentKey key{database_.last_row()};
    for (const EngagementKey engagement : engagements) {
      Query(database_, "INSERT INTO intent_engagement VALUES (?, ?)").with(key, engagement).run();
      if (!contacts(kind)) continue;
      Query(database_, "UPDATE engagement SET attempted = 1, attempted_at = ? WHERE id = ?")
          .with(stamp.at_the_api(), engagement)
          .run();
      if (state_of(database_, engagement) == State::Queued) {
        step_engagement(database_, engagement, State::Dispatching, "", stamp);
      }
    }
    return key;
  });
}

Result<int> Intents::reopen(Timestamp before, const Stamp& stamp) {
  return database_.transaction("look for old attempts", [&]() -> Result<int> {
    struct Old {
      EngagementKey key;
      std::string target;
      Timestamp attempted_at;
    };
    std::vector<Old> all;
    {
      Query rows(database_,
                 "SELECT id, target, attempted_at FROM engagement e WHERE state = 'queued' AND "
                 "target_kind = 'assessment' AND attempted_at <= ? AND EXISTS (SELECT 1 FROM "
                 "screening s WHERE s.engagement = e.id AND s.in_stage = 1 AND s.state = 'queued') "
                 "ORDER BY "
                 "attempted_at, id");
      rows.with(before);
      while (rows.step()) all.push_back({rows.key<EngagementKey>(0), rows.text(1), rows.time(2)});
    }
    std::map<std::string, IntentKey> intents;
    for (const Old& old : all) {
      auto intent = intents.find(old.target);
      if (intent == intents.end()) {
        Query(database_,
              "INSERT INTO intent (kind, target, body, state, run, opened_at, settle_after) VALUES "
              "('bulk_invite', ?, '', 'open', ?, ?, ?)")
            .with(old.target, stamp.run, old.attempted_at, stamp.at)
            .run();
        intent = intents.emplace(old.target, IntentKey{database_.last_row()}).first;
      }
      Query(database_, "INSERT INTO intent_engagement VALUES (?, ?)")
          .with(intent->second, old.key)
          .run();
      step_engagement(database_, old.key, State::Dispatching, "", stamp);
    }
    return static_cast<int>(all.size());
  });
}

Result<std::vector<Intent>> Intents::open_intents() {
  return guarded("read open intents", [&]() -> Result<std::vector<Intent>> {
    std::vector<Intent> intents;
    {
      Query rows(database_,
                 "SELECT id, kind, target, opened_at, settle_after FROM intent WHERE state = "
                 "'open' ORDER BY id");
      while (rows.step()) {
        intents.push_back(Intent{rows.key<IntentKey>(0),
                                 kind_of(rows.text(1)),
                                 rows.text(2),
                                 rows.time(3),
                                 rows.time(4),
                                 {}});
      }
    }
    for (Intent& intent : intents) {
      Query rows(
          database_,
          "SELECT " PRAXISYNC_ENGAGEMENT_COLUMNS
          "FROM intent_engagement i JOIN engagement e ON e.id = i.engagement WHERE i.intent = ? "
          "ORDER BY e.id");
      rows.with(intent.key);
      while (rows.step()) intent.engagements.push_back(read_engagement(rows));
    }
    return intents;
  });
}

Result<void> Intents::wait_until(IntentKey key, Timestamp settle_after) {
  return database_.transaction("store how long a lost answer waits", [&]() -> Result<void> {
    Query(database_, "UPDATE intent SET settle_after = ? WHERE id = ?")
        .with(settle_after, key)
        .run();
    return {};
  });
}

Result<int> Intents::count_open() {
  return guarded("count open intents", [&]() -> Result<int> {
    Query row(database_, "SELECT count(*) FROM intent WHERE state = 'open'");
    row.step();
    return static_cast<int>(row.integer(0));
  });
}

Result<int> Intents::count_lifecycle_calls(Timestamp since) {
  return guarded("count reminders", [&]() -> Result<int> {
    Query row(database_,
              "SELECT count(*) FROM intent WHERE kind IN ('remind', 'cancel') AND opened_at > ?");
    row.with(since).step();
    return static_cast<int>(row.integer(0));
  });
}

Result<SettledCounts> Intents::settle(IntentKey key, const std::vector<Settlement>& settlements,
                                      const Stamp& stamp) {
  return database_.transaction("store an answer", [&]() -> Result<SettledCounts> {
    SettledCounts counts;
    for (const Settlement& settlement : settlements) {
      apply(database_, settlement, counts, stamp);
      Query(database_, "DELETE FROM intent_engagement WHERE intent = ? AND engagement = ?")
          .with(key, settlement.engagement)
          .run();
    }
    Query(
        database_,
        "UPDATE intent SET state = 'done', body = '', closed_at = ?2 WHERE id = ?1 AND NOT EXISTS "
        "(SELECT 1 FROM intent_engagement WHERE intent = ?1)")
        .with(key, stamp.at)
        .run();
    return counts;
  });
}

Result<bool> Intents::is_anothers(const InviteToken& token, EngagementKey key) {
  return guarded("read an engagement", [&]() -> Result<bool> {
    Query row(database_, "SELECT 1 FROM engagement WHERE token = ? AND id <> ?");
    return row.with(token, key).step();
  });
}

Result<bool> Intents::still_wanted(EngagementKey key) {
  return guarded("read an engagement", [&]() -> Result<bool> {
    Query row(database_, "SELECT 1 FROM screening WHERE engagement = ? AND in_stage = 1 LIMIT 1");
    return row.with(key).step();
  });
}

Result<bool> Intents::invited_directly(const std::string& assessment,
                                       const std::string& email_key) {
  return guarded("read an engagement", [&]() -> Result<bool> {
    Query row(database_,
              "SELECT 1 FROM engagement WHERE target_kind = 'assessment' AND target = ? AND "
              "email_key = ? AND attempted = 1");
    return row.with(assessment, email_key).step();
  });
}

Result<std::vector<Engagement>> Intents::due_for_reminder(const RouteName& route, Timestamp now,
                                                          Milliseconds after, int most,
                                                          EngagementKey behind, int limit) {
  return guarded("read whom to remind", [&]() -> Result<std::vector<Engagement>> {
    // A person is reminded once for all applications: by the rules of the first screening's route.
    Query rows(
        database_,
        "SELECT " PRAXISYNC_ENGAGEMENT_COLUMNS
        "FROM engagement e WHERE e.target_kind = 'assessment' AND e.state IN ('invited', "
        "'started') "
        "AND e.token IS NOT NULL AND e.known_before = 0 AND e.reminders < ?2 AND e.contacted_at IS "
        "NOT NULL "
        "AND coalesce(e.reminded_at, e.contacted_at) <= ?3 - ?4 AND (e.expires_at IS NULL OR "
        "e.expires_at > ?3) AND EXISTS (SELECT 1 FROM screening s WHERE s.engagement = e.id AND "
        "s.in_stage = 1 AND" PRAXISYNC_SEEN
        ") AND (SELECT s.route FROM screening s WHERE s.engagement = e.id ORDER BY "
        "s.id "
        "LIMIT 1) = ?1 AND NOT EXISTS (SELECT 1 FROM intent_engagement i WHERE i.engagement = "
        "e.id) "
        "AND e.id > ?5 ORDER BY e.id LIMIT ?6");
    rows.with(route, most, now, after, behind, limit);
    std::vector<Engagement> due;
    while (rows.step()) due.push_back(read_engagement(rows));
    return due;
  });
}

Result<std::vector<Engagement>> Intents::due_for_cancelling(const RouteName& route,
                                                            EngagementKey after, int limit) {
  return guarded("read whom to cancel", [&]() -> Result<std::vector<Engagement>> {
    Query rows(database_,
               "SELECT " PRAXISYNC_ENGAGEMENT_COLUMNS
               "FROM engagement e WHERE e.target_kind = 'assessment' AND e.state = 'invited' AND "
               "e.token IS NOT "
               "NULL AND e.id > ?2 AND NOT EXISTS (SELECT 1 FROM screening s WHERE s.engagement = "
               "e.id AND "
               "(s.in_stage = 1 OR s.route <> ?1)) AND EXISTS (SELECT 1 FROM screening s WHERE "
               "s.engagement = e.id) AND NOT EXISTS (SELECT 1 FROM intent_engagement i WHERE "
               "i.engagement = "
               "e.id) ORDER BY e.id LIMIT ?3");
    rows.with(route, after, limit);
    std::vector<Engagement> due;
    while (rows.step()) due.push_back(read_engagement(rows));
    return due;
  });
}

}  // namespace praxisync::store
