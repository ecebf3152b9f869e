/// How far each stream was read. A cursor never passes a page that is not stored: whoever stores a
/// page stores the checkpoint in the same transaction.
#pragma once

#include <optional>
#include <string>

#include "domain/ids.h"
#include "domain/result.h"

namespace praxisync::store {

class Database;

struct Checkpoint {
  Cursor cursor;
  std::string
      fingerprint;  ///< of what the stream was read for; another one: read it again from the start
  std::int64_t sweep = 0;  ///< counts the full listings begun
  int sweep_flaws = 0;     ///< records set aside in this sweep
  std::optional<Timestamp> watermark, scan_top, full_at, updated_at;
};

class Checkpoints {
 public:
  explicit Checkpoints(Database& database) : database_(database) {}

  /// An empty one where the stream was never read.
  Result<Checkpoint> load(const std::string& stream);
  Result<void> save(const std::string& stream, const Checkpoint& checkpoint, Timestamp now);

 private:
  Database& database_;
};

std::string pull_stream(const ConnectorName& connector);
std::string results_stream(const std::string& assessment);
inline const std::string kInvitesStream = "invites";

}  // namespace praxisync::store
