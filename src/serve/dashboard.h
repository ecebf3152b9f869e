/// What the page shows of the database, read in one go. Counts and texts without personal data.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assess/types.h"
#include "domain/route.h"
#include "http/ledger.h"
#include "report/attention.h"
#include "report/run_document.h"
#include "store/store.h"

namespace praxisync::serve {

/// Runs that are shown, at most.
inline constexpr int kRunsShown = 60;

/// What the config says that the forecast needs.
struct DashboardSettings {
  std::vector<Route> routes;
  store::RequestLimits limits;
  int bulk_size = 100;
  Milliseconds longest_wait = std::chrono::hours{72};
};

struct DashboardRun {
  store::Run run;  ///< without its document
  report::RunSummary sums;
};

struct QuotaSeen {
  assess::Quota quota;
  Timestamp at;  ///< the end of the run that read it
};

/// When everybody who is queued now will have been contacted.
struct Outlook {
  int persons = 0;
  int writes = 0;                           ///< calls that they cost
  std::optional<Timestamp> done_at{};       ///< nullopt: nobody waits, or never at these limits
  std::optional<Timestamp> quota_dry_at{};  ///< in this month, at its pace so far
};

struct Dashboard {
  store::Backlog backlog;
  std::vector<store::RouteFunnel> funnel;
  std::vector<DashboardRun> runs;                ///< newest first
  std::optional<http::Allowance> reads, writes;  ///< nullopt: there is no database yet
  std::optional<QuotaSeen> quota;
  Outlook outlook;
  std::vector<report::Attention> attention;  ///< the gravest first
};

/// Reads only. Fatal where the database cannot be read.
Result<Dashboard> read_dashboard(store::Store& store, const DashboardSettings& settings,
                                 const Clock& clock);

}  // namespace praxisync::serve
