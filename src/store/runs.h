#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/engagement.h"
#include "domain/result.h"

namespace praxisync::store {

class Database;

struct Run {
  RunKey key{};
  Timestamp started_at;
  std::optional<Timestamp> finished_at;  ///< nullopt: under way, or killed
  std::string reason;
  std::optional<int> exit_code;
  std::string report;  ///< the JSON document that the run printed; empty while there is none
};

/// The record of the runs: one row each, written when it begins and when it ends.
class Runs {
 public:
  explicit Runs(Database& database) : database_(database) {}

  Result<RunKey> begin(Timestamp now);
  Result<void> finish(RunKey key, std::string_view reason, int exit_code, const std::string& report,
                      Timestamp now);
  /// Newest first.
  Result<std::vector<Run>> latest(int limit);
  /// Neither one under way nor one that was killed.
  Result<std::optional<Run>> last_finished();
  Result<std::optional<Run>> find(RunKey key);

 private:
  Database& database_;
};

}  // namespace praxisync::store
