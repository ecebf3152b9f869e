#include "store/occurrences.h"

#include <algorithm>

#include "store/rows.h"

namespace praxisync::store {
namespace {

ScheduleRecord read_record(const Query& row) {
  ScheduleRecord record{row.time(0),       row.integer(1) != 0,
                        row.maybe_time(2), static_cast<int>(row.integer(3)),
                        std::nullopt,      {}};
  if (const auto occurrence = row.maybe_time(4)) {
    record.last = ScheduledRun{*occurrence, row.time(5), row.maybe_time(6), std::nullopt};
    if (const auto code = row.maybe_integer(7)) record.last->exit_code = static_cast<int>(*code);
  }
  return record;
}

}  // namespace

Result<void> Occurrences::meet(const ScheduleName& schedule, const std::string& calendar,
                               Timestamp now) {
  return database_.transaction("meet a schedule", [&]() -> Result<void> {
    Query(database_,
          "INSERT INTO schedule (name, calendar, since) VALUES (?, ?, ?) ON CONFLICT (name) DO "
          "UPDATE SET calendar = excluded.calendar, since = excluded.since "
          "WHERE calendar <> excluded.calendar")
        .with(schedule, calendar, now)
        .run();
    return {};
  });
}

Result<std::optional<ScheduleRecord>> Occurrences::find(const ScheduleName& schedule,
                                                        Timestamp from) {
  using Found = std::optional<ScheduleRecord>;
  return guarded("read a schedule", [&]() -> Result<Found> {
    Query row(database_,
              "SELECT since, paused, resumed_at, failures, occurrence, begun_at, finished_at, "
              "exit_code FROM schedule WHERE name = ?");
    row.with(schedule);
    if (!row.step()) return Found();
    ScheduleRecord record = read_record(row);
    Query rows(database_,
               "SELECT first, last FROM occurrence WHERE schedule = ? ORDER BY first DESC");
    rows.with(schedule);
    while (rows.step() && rows.time(1) >= from)
      record.claimed.push_back({rows.time(0), rows.time(1)});
    std::ranges::reverse(record.claimed);
    return Found(std::move(record));
  });
}

Result<Claim> Occurrences::claim(const ScheduleName& schedule, Timestamp occurrence,
                                 Timestamp now) {
  return database_.transaction("claim an occurrence", [&]() -> Result<Claim> {
    Query taken(database_,
                "SELECT 1 FROM occurrence WHERE schedule = ? AND first <= ? AND last >= ?");
    if (taken.with(schedule, occurrence, occurrence).step()) return Claim::Taken;
    Query(database_, "INSERT INTO occurrence (schedule, first, last) VALUES (?, ?, ?)")
        .with(schedule, occurrence, occurrence)
        .run();
    Query(database_,
          "UPDATE schedule SET "
          "failures = failures + (occurrence IS NOT NULL AND finished_at IS NULL), "
          "occurrence = ?, begun_at = ?, finished_at = NULL, exit_code = NULL WHERE name = ?")
        .with(occurrence, now, schedule)
        .run();
    join_closest(schedule);
    return Claim::Ours;
  });
}

void Occurrences::join_closest(const ScheduleName& schedule) {
  Query stretches(database_, "SELECT count(*) FROM occurrence WHERE schedule = ?");
  stretches.with(schedule).step_to_row();
  if (stretches.integer(0) <= kMostStretches) return;
  Query closest(database_,
                "SELECT first, next_first, next_last FROM (SELECT first, last, "
                "lead(first) OVER (ORDER BY first) AS next_first, "
                "lead(last) OVER (ORDER BY first) AS next_last "
                "FROM occurrence WHERE schedule = ?) "
                "WHERE next_first IS NOT NULL ORDER BY next_first - last, first LIMIT 1");
  closest.with(schedule).step_to_row();
  const Timestamp first = closest.time(0), next = closest.time(1), last = closest.time(2);
  Query(database_, "DELETE FROM occurrence WHERE schedule = ? AND first = ?")
      .with(schedule, next)
      .run();
  Query(database_, "UPDATE occurrence SET last = ? WHERE schedule = ? AND first = ?")
      .with(last, schedule, first)
      .run();
}

Result<void> Occurrences::finish(const ScheduleName& schedule, Timestamp occurrence, int exit_code,
                                 RunEnd end, Timestamp now) {
  return database_.transaction("end an occurrence", [&]() -> Result<void> {
    Query(database_,
          "UPDATE schedule SET finished_at = ?, exit_code = ?, failures = CASE ? WHEN 0 THEN 0 "
          "WHEN 1 THEN failures + 1 ELSE failures END "
          "WHERE name = ? AND occurrence = ? AND finished_at IS NULL")
        .with(now, exit_code, end, schedule, occurrence)
        .run();
    return {};
  });
}

Result<bool> Occurrences::pause(const ScheduleName& schedule, Timestamp now) {
  return database_.transaction("pause a schedule", [&]() -> Result<bool> {
    const int changed = Query(database_,
                              "INSERT INTO schedule (name, calendar, since, paused) VALUES (?, '', "
                              "?, 1) ON CONFLICT (name) DO UPDATE SET paused = 1 WHERE paused = 0")
                            .with(schedule, now)
                            .run();
    return changed > 0;
  });
}

Result<bool> Occurrences::resume(const ScheduleName& schedule, Timestamp now) {
  return database_.transaction("resume a schedule", [&]() -> Result<bool> {
    const int changed =
        Query(database_,
              "UPDATE schedule SET paused = 0, resumed_at = ? WHERE name = ? AND paused = 1")
            .with(now, schedule)
            .run();
    return changed > 0;
  });
}

}  // namespace praxisync::store
