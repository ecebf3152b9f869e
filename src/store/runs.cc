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

/// Adds up a run's document, whose fields are a contract: added to, never renamed. One that is none
/// adds nothing but the run.
void add_to_totals(Database& database, std::string_view reason, const std::string& document) {
  Query(database,
        "DELETE FROM run_total WHERE name = 'quota' AND "
        "iif(json_valid(?1), json_type(?1, '$.quota'), NULL) = 'object'")
      .with(document)
      .run();
  Query(database,
        "WITH document (body) AS (SELECT iif(json_valid(?2), ?2, '{}')) "
        "INSERT INTO run_total (name, label, total) SELECT * FROM ("
        "SELECT 'runs' AS name, ?1 AS label, 1 AS total "
        "UNION ALL SELECT 'counts', key, value FROM document, json_each(body, '$.counts') "
        "UNION ALL SELECT 'errors', value ->> '$.kind', sum(value ->> '$.count') "
        "FROM document, json_each(body, '$.errors') GROUP BY 2 "
        "UNION ALL SELECT 'errors', 'not_listed', body ->> '$.errors_not_listed' FROM document "
        "UNION ALL SELECT 'assess', key, value FROM document, "
        "json_each(body, '$.requests.assess') WHERE key <> 'least' "
        "UNION ALL SELECT 'ats_requests', key, value ->> '$.requests' FROM document, "
        "json_each(body, '$.requests.ats') "
        "UNION ALL SELECT 'ats_throttled', key, value ->> '$.throttled' FROM document, "
        "json_each(body, '$.requests.ats') "
        "UNION ALL SELECT 'quota', key, value FROM document, json_each(body, '$.quota') "
        "WHERE key IN ('limit', 'remaining')"
        ") WHERE total > 0 OR (name = 'quota' AND total IS NOT NULL) "
        "ON CONFLICT (name, label) DO UPDATE SET total = total + excluded.total")
      .with(reason, document)
      .run();
}

RunTotals::ByLabel* place_of(RunTotals& totals, const std::string& name) {
  if (name == "runs") return &totals.runs;
  if (name == "counts") return &totals.counts;
  if (name == "errors") return &totals.errors;
  if (name == "assess") return &totals.assess;
  if (name == "ats_requests") return &totals.ats_requests;
  if (name == "quota") return &totals.quota;
  return &totals.ats_throttled;
}

}  // namespace

Result<RunKey> Runs::begin(Timestamp now) {
  return database_.transaction("begin a run", [&]() -> Result<RunKey> {
    const int killed =
        Query(database_,
              "UPDATE run SET reason = 'killed' WHERE finished_at IS NULL AND reason IS NULL")
            .run();
    for (int i = 0; i < killed; ++i) add_to_totals(database_, "killed", {});
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
    add_to_totals(database_, reason, report);
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

Result<std::optional<int>> Runs::exit_code_before(RunKey run, int leaving_out) {
  return guarded("read how earlier runs ended", [&]() -> Result<std::optional<int>> {
    Query row(database_,
              "SELECT exit_code FROM run WHERE id < ? AND exit_code <> ? ORDER BY id DESC LIMIT 1");
    row.with(run, leaving_out);
    if (!row.step()) return std::optional<int>();
    return std::optional<int>(static_cast<int>(row.integer(0)));
  });
}

Result<std::optional<Timestamp>> Runs::last_success() {
  return guarded("read the last success", [&]() -> Result<std::optional<Timestamp>> {
    Query row(database_, "SELECT max(finished_at) FROM run WHERE exit_code = 0");
    row.step();
    return row.maybe_time(0);
  });
}

Result<RunTotals> Runs::totals() {
  return guarded("read the totals of all runs", [&]() -> Result<RunTotals> {
    Query rows(database_, "SELECT name, label, total FROM run_total");
    RunTotals totals;
    while (rows.step()) (*place_of(totals, rows.text(0)))[rows.text(1)] = rows.integer(2);
    return totals;
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
