#include "serve/dashboard.h"

#include <fmt/format.h>

#include <algorithm>

#include "domain/text.h"
#include "serve/dashboard_mending.h"
#include "sync/scarcity.h"

namespace praxisync::serve {
namespace {

using Kind = Attention::Kind;

constexpr std::size_t kLongestText = 300;

class Reading {
 public:
  Reading(store::Store& store, const DashboardSettings& settings, const Clock& clock)
      : store_(store), settings_(settings), clock_(clock), now_(clock.now()) {}

  Result<Dashboard> all() {
    for (const auto step :
         {&Reading::counts, &Reading::runs, &Reading::budget, &Reading::outlook,
          &Reading::what_is_held, &Reading::what_is_blocked, &Reading::what_was_refused}) {
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
      if (over && !std::exchange(told, true)) tell_of(run);
      const report::RunSummary sums = report::summarize(run.report);
      run.report.clear();
      seen_.runs.push_back({std::move(run), sums});
    }
    return {};
  }

  /// The last run that is over.
  void tell_of(const store::Run& run) {
    const std::string name = fmt::format("run {}", static_cast<std::int64_t>(run.key));
    if (std::string mend = mend_ending(run.reason); !mend.empty())
      add(Kind::Run, name, "ended: " + run.reason, std::move(mend), 1);
    for (const report::KeptProblem& problem : report::problems_in(run.report)) {
      if (auto help = mend_problem(problem.kind))
        add(Kind::Run, problem.where, problem.what, std::move(*help), problem.count);
    }
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

  Result<void> what_is_held() {
    const auto held = store_.safety().held();
    if (!held) return held.error();
    for (const store::GrownRoute& route : *held) {
      add(Kind::Held, route.route.text(),
          fmt::format("the stage lists {} people where it had {}", route.has, route.had),
          mend_held(route.queued), route.queued);
    }
    return {};
  }

  Result<void> what_is_blocked() {
    const auto blocked = store_.view().blocked();
    if (!blocked) return blocked.error();
    for (const store::BlockedReason& entry : *blocked) {
      add(Kind::Blocked, entry.route.text(), entry.reason, mend_blocked(entry.reason),
          entry.screenings);
    }
    return {};
  }

  Result<void> what_was_refused() {
    const auto refused = store_.view().refused();
    if (!refused) return refused.error();
    for (const store::RefusedWrite& entry : *refused) {
      add(Kind::Refused, entry.route.text(), entry.kind + ": " + entry.reason, mend_refused(),
          entry.count);
    }
    const auto set_aside = store_.view().set_aside();
    if (!set_aside) return set_aside.error();
    if (*set_aside > 0)
      add(Kind::SetAside, "ATS", "records could not be read", mend_set_aside(), *set_aside);
    return {};
  }

  void add(Kind kind, std::string where, const std::string& what, std::string mend, int count) {
    seen_.attention.push_back(Attention{.kind = kind,
                                        .where = std::move(where),
                                        .what = printable(what, kLongestText),
                                        .mend = std::move(mend),
                                        .count = count});
  }

  store::Store& store_;
  const DashboardSettings& settings_;
  const Clock& clock_;
  const Timestamp now_;
  Dashboard seen_;
};

}  // namespace

std::string_view to_string(Attention::Kind kind) {
  switch (kind) {
    case Kind::Run:
      return "run";
    case Kind::Held:
      return "held";
    case Kind::Blocked:
      return "blocked";
    case Kind::Refused:
      return "refused";
    case Kind::SetAside:
      return "set_aside";
  }
  return "run";
}

Result<Dashboard> read_dashboard(store::Store& store, const DashboardSettings& settings,
                                 const Clock& clock) {
  return Reading(store, settings, clock).all();
}

}  // namespace praxisync::serve
