#include "serve/dashboard.h"

#include <algorithm>
#include <iterator>

#include "sync/scarcity.h"

namespace praxisync::serve {
namespace {

class Reading {
 public:
  Reading(store::Store& store, const DashboardSettings& settings, const Clock& clock)
      : store_(store), settings_(settings), clock_(clock), now_(clock.now()) {}

  Result<Dashboard> all() {
    for (const auto step : {&Reading::counts, &Reading::runs, &Reading::budget, &Reading::outlook,
                            &Reading::what_stands}) {
      if (Result<void> done = (this->*step)(); !done) return std::move(done).error();
    }
    return std::move(seen_);
  }

 private:
  template <typename T>
  static Result<void> keep(T& into, Result<T> read) {
    if (!read) return std::move(read).error();
    into = std::move(*read);
    return {};
  }

  Result<void> counts() {
    if (Result<void> kept = keep(seen_.backlog, store_.view().backlog()); !kept) return kept;
    return keep(seen_.funnel, store_.view().funnel());
  }

  Result<void> runs() {
    Result<std::vector<store::Run>> latest = store_.runs().latest(kRunsShown);
    if (!latest) return std::move(latest).error();
    bool told = false;
    for (store::Run& run : *latest) {
      if (!seen_.quota && run.finished_at) {
        if (auto quota = report::quota_in(run.report))
          seen_.quota = QuotaSeen{std::move(*quota), *run.finished_at};
      }
      const bool over = run.finished_at || !run.reason.empty();
      if (over && !std::exchange(told, true)) seen_.attention = report::attention_of(run);
      const report::RunSummary sums = report::summarize(run.report);
      run.report.clear();
      seen_.runs.push_back({std::move(run), sums});
    }
    return {};
  }

  Result<void> budget() {
    const auto ledger = store_.request_ledger(clock_, "assess", settings_.limits);
    Result<http::Allowance> reads = ledger->allowance(http::Cost::Read);
    if (!reads) return std::move(reads).error();
    Result<http::Allowance> writes = ledger->allowance(http::Cost::Write);
    if (!writes) return std::move(writes).error();
    seen_.reads = std::move(*reads);
    seen_.writes = std::move(*writes);
    return {};
  }

  /// As `plan` has it, but for what only the ATS and the Assess API would tell now.
  Result<void> outlook() {
    const auto queues = store_.engagements().queues(now_ - settings_.longest_wait);
    if (!queues) return queues.error();
    for (const store::Queue& queue : *queues) seen_.outlook.persons += queue.persons;
    sync::Means means{.bulk_size = settings_.bulk_size, .writes = *seen_.writes};
    const Result<int> kept =
        sync::kept_for_lifecycle(store_, settings_.routes, {now_, now_}, seen_.writes->limit);
    if (!kept) return kept.error();
    means.kept = *kept;
    if (seen_.quota) {
      means.quota_left = seen_.quota->quota.remaining;
      means.quota_a_month = seen_.quota->quota.limit;
      seen_.outlook.quota_dry_at =
          sync::runs_dry(means.quota_a_month, means.quota_left, seen_.outlook.persons, now_);
    }
    if (seen_.outlook.persons == 0) return {};
    const sync::Forecast forecast =
        sync::forecast(sync::weigh(*queues, settings_.routes), means, now_);
    seen_.outlook.writes = forecast.writes;
    seen_.outlook.done_at = forecast.done;
    return {};
  }

  Result<void> what_stands() {
    auto standing = report::standing_attention(store_);
    if (!standing) return std::move(standing).error();
    std::ranges::move(*standing, std::back_inserter(seen_.attention));
    return {};
  }

  store::Store& store_;
  const DashboardSettings& settings_;
  const Clock& clock_;
  const Timestamp now_;
  Dashboard seen_;
};

}  // namespace

Result<Dashboard> read_dashboard(store::Store& store, const DashboardSettings& settings,
                                 const Clock& clock) {
  return Reading(store, settings, clock).all();
}

}  // namespace praxisync::serve
