/// What metrics are made of: read from the database alone, so that a one-shot run's file and a
/// daemon's endpoint say the same.
#pragma once

#include <cstdint>
#include <optional>

#include "http/ledger.h"
#include "store/store.h"

namespace praxisync::report {

struct MetricsSnapshot {
  store::RunTotals totals;
  std::optional<store::Run> last_run;     ///< the last that finished
  std::optional<Timestamp> last_success;  ///< when a run last ended with exit code 0
  store::Backlog backlog;
  http::Allowance reads, writes;
  std::optional<std::int64_t> inbox_depth{};  ///< events that wait; nullopt: nothing receives any
};

/// Without inbox_depth, which only who receives events knows. Fatal where the database cannot be
/// read.
Result<MetricsSnapshot> read_metrics(store::Store& store, http::Ledger& ledger);

}  // namespace praxisync::report
