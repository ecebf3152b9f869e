#pragma once

#include <cstdint>
#include <map>
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

/// What all runs of this database together came to, by the names of their documents. A run that was
/// killed is counted as such, and nothing of what it did.
struct RunTotals {
  using ByLabel = std::map<std::string, std::int64_t>;
  ByLabel runs;           ///< by their ending, and "killed"
  ByLabel counts;         ///< "invited", "written_back", … of the document's counts
  ByLabel errors;         ///< by kind; "not_listed" for those that a document only counts
  ByLabel assess;         ///< "reads", "writes", "throttled": requests
  ByLabel ats_requests;   ///< by connector
  ByLabel ats_throttled;  ///< of them, by connector
  ByLabel quota;          ///< no sum: "limit" and "remaining", by the last run that knew the quota
};

/// The record of the runs: one row each, written when it begins and when it ends.
class Runs {
 public:
  explicit Runs(Database& database) : database_(database) {}

  Result<RunKey> begin(Timestamp now);
  /// Also adds what the document says to the totals, in the same transaction.
  Result<void> finish(RunKey key, std::string_view reason, int exit_code, const std::string& report,
                      Timestamp now);
  /// Newest first.
  Result<std::vector<Run>> latest(int limit);
  /// Neither one under way nor one that was killed.
  Result<std::optional<Run>> last_finished();
  /// The exit code of the last run before `run` that ended with another one than `leaving_out`.
  Result<std::optional<int>> exit_code_before(RunKey run, int leaving_out);
  /// When a run last ended with exit code 0.
  Result<std::optional<Timestamp>> last_success();
  /// Costs the same after years of runs.
  Result<RunTotals> totals();
  Result<std::optional<Run>> find(RunKey key);

 private:
  Database& database_;
};

}  // namespace praxisync::store
