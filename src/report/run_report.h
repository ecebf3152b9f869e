/// All that a report of a run shows, gathered once; html_report.h, markdown_report.h,
/// run_report_document.h and junit_report.h write it. Who is named in it is masked here, so that no
/// writer can show more.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/ledger.h"
#include "report/attention.h"
#include "report/masking.h"
#include "report/request_totals.h"
#include "report/step_watch.h"
#include "store/store.h"
#include "sync/run_report.h"

namespace praxisync::report {

/// Somebody who is blocked, as far as the report may name them.
struct NeedsPerson {
  RouteName route;
  ConnectorName connector;
  ApplicationId application;
  std::string name, email, reason;
  Timestamp since;
};

/// Blocked people beyond this many are counted, not listed.
inline constexpr int kMostBlocked = 500;

/// What the run was asked to look after.
struct Asked {
  std::vector<Route> routes;
  std::vector<ConnectorName> connectors;  ///< pulled from and written to
};

struct RunReport {
  sync::RunReport run;  ///< ids in it masked as the rest is
  RequestTotals requests;
  std::vector<StepTime> steps;
  Asked asked;
  Persons persons = Persons::Masked;

  // What the database says after it; empty where there is none.
  std::vector<store::RouteFunnel> funnel;
  std::vector<store::ScoreSpread> scores;
  std::vector<store::TimeSpread> times;
  std::optional<http::Allowance> reads, writes;  ///< of the hour
  std::vector<Attention> attention;              ///< the gravest first
  std::vector<Attention> news;                   ///< of the blocked and refused, those of this run
  std::vector<NeedsPerson> blocked;
  int blocked_not_listed = 0;

  /// Its own number, or that no run began.
  std::string title() const;
  Milliseconds took() const { return run.finished_at - run.started_at; }
};

/// What is known when a run is over, or could not begin.
struct Known {
  sync::RunReport run;
  RequestTotals requests;
  std::vector<StepTime> steps;
  Asked asked;
  store::Store* store = nullptr;   ///< nullptr: it could not be opened
  http::Ledger* ledger = nullptr;  ///< likewise
};

/// What cannot be read of the database is left out, and stands under `attention`.
RunReport gather(Known known, Persons persons);

/// How a run ended, in a few words: "done", "stopped: quota used up".
std::string_view ending_in_words(sync::Ending ending);

enum class Tone { Good, Warning, Bad, Quiet };
/// What an ending asks of whoever reads: nothing, a look, an act; Quiet: the next run goes on.
Tone tone_of(sync::Ending ending);

}  // namespace praxisync::report
