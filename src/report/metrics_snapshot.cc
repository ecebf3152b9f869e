#include "report/metrics_snapshot.h"

namespace praxisync::report {

Result<MetricsSnapshot> read_metrics(store::Store& store, http::Ledger& ledger) {
  MetricsSnapshot snapshot;
  const auto read = [](auto& into, auto result) -> Result<void> {
    if (!result) return std::move(result).error();
    into = std::move(*result);
    return {};
  };
  for (const Result<void>& done : {read(snapshot.totals, store.runs().totals()),
                                   read(snapshot.last_run, store.runs().last_finished()),
                                   read(snapshot.last_success, store.runs().last_success()),
                                   read(snapshot.backlog, store.view().backlog()),
                                   read(snapshot.reads, ledger.allowance(http::Cost::Read)),
                                   read(snapshot.writes, ledger.allowance(http::Cost::Write))}) {
    if (!done) return done.error();
  }
  return snapshot;
}

}  // namespace praxisync::report
