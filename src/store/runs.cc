#include "store/runs.h"

#include "store/rows.h"

namespace praxisync::store {
namespace {

Run read_run(const Query& row) {
  Run run{row.key<RunKey>(0), row.time(1),  row.maybe_time(2),
          row.text(3),        std::nullopt, row.text(5)};
  if (const auto code = row.maybe_integer(4)) run.exit_code = static_cast<int>(*code);
  return run;
}

}  // namespace

Result<RunKey> Runs::begin(Timestamp now) {
  return database_.transaction("begin a run", [&]() -> Result<RunKey> {
    Query(database_,
          "UPDATE run SET reason = 'killed' WHERE finished_at IS NULL AND reason IS NULL")
        .run();
    Query(database_, "INSERT INTO run (started_at) VALUES (?)").with(now).run();
    return RunKey{database_.last_row()};
  });
}

Result<void> Runs::finish(RunKey key, std::string_view reason, int exit_code,
                          const std::string& report, Timestamp now) {
  return database_.transaction("end a run", [&]() -> Result<void> {
    Query(database_,
          "UPDATE run SET finished_at = ?, reason = ?, exit_code = ?, report = ? WHERE id = ?")
        .with(now, reason, exit_code, report, key)
        .run();
    return {};
  });
}

Result<std::vector<Run>> Runs::latest(int limit) {
  return guarded("read runs", [&]() -> Result<std::vector<Run>> {
    Query rows(database_,
               "SELECT id, started_at, finished_at, reason, exit_code, report FROM run ORDER BY id "
               "DESC LIMIT ?");
    rows.with(limit);
    std::vector<Run> runs;
    while (rows.step()) runs.push_back(read_run(rows));
    return runs;
  });
}

Result<std::optional<Run>> Runs::last_finished() {
  return guarded("read the last run", [&]() -> Result<std::optional<Run>> {
    Query row(database_,
              "SELECT id, started_at, finished_at, reason, exit_code, report FROM run WHERE "
              "finished_at IS NOT NULL ORDER BY id DESC LIMIT 1");
    if (!row.step()) return std::optional<Run>();
    return std::optional<Run>(read_run(row));
  });
}

Result<std::optional<Run>> Runs::find(RunKey key) {
  return guarded("read a run", [&]() -> Result<std::optional<Run>> {
    Query row(
        database_,
        "SELECT id, started_at, finished_at, reason, exit_code, report FROM run WHERE id = ?");
    row.with(key);
    if (!row.step()) return std::optional<Run>();
    return std::optional<Run>(read_run(row));
  });
}

}  // namespace praxisync::store
