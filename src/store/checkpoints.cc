#include "store/checkpoints.h"

#include "store/checkpoint_rows.h"
#include "store/rows.h"

namespace praxisync::store {

std::string pull_stream(const ConnectorName& connector) { return "pull:" + connector.text(); }
std::string results_stream(const std::string& assessment) { return "results:" + assessment; }

Checkpoint read_checkpoint(Database& database, const std::string& stream) {
  Query row(database,
            "SELECT cursor, fingerprint, sweep, sweep_flaws, watermark, scan_top, full_at, "
            "updated_at FROM checkpoint "
            "WHERE stream = ?");
  row.with(stream);
  Checkpoint checkpoint;
  if (!row.step()) return checkpoint;
  checkpoint.cursor = Cursor(row.text(0));
  checkpoint.fingerprint = row.text(1);
  checkpoint.sweep = row.integer(2);
  checkpoint.sweep_flaws = static_cast<int>(row.integer(3));
  checkpoint.watermark = row.maybe_time(4);
  checkpoint.scan_top = row.maybe_time(5);
  checkpoint.full_at = row.maybe_time(6);
  checkpoint.updated_at = row.maybe_time(7);
  return checkpoint;
}

void write_checkpoint(Database& database, const std::string& stream, const Checkpoint& checkpoint,
                      Timestamp now) {
  Query(database, "INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .with(stream, checkpoint.cursor, checkpoint.fingerprint, checkpoint.sweep,
            checkpoint.sweep_flaws, checkpoint.watermark, checkpoint.scan_top, checkpoint.full_at,
            now)
      .run();
}

Result<Checkpoint> Checkpoints::load(const std::string& stream) {
  return guarded("load checkpoint",
                 [&]() -> Result<Checkpoint> { return read_checkpoint(database_, stream); });
}

Result<void> Checkpoints::save(const std::string& stream, const Checkpoint& checkpoint,
                               Timestamp now) {
  return database_.transaction("save checkpoint", [&]() -> Result<void> {
    write_checkpoint(database_, stream, checkpoint, now);
    return {};
  });
}

}  // namespace praxisync::store
