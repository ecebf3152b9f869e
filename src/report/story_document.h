#pragma once

#include <string>
#include <vector>

#include "domain/ids.h"
#include "http/ledger.h"
#include "store/occurrences.h"
#include "store/runs.h"
#include "store/safety.h"
#include "store/view.h"
#include "sync/run_report.h"

namespace praxisync::report {

/// What `explain --output json` prints: everything but the invitation's token, with which anybody
/// could take the test. `decisions` are the last run's, told of whoever is still waited for.
std::string story_document(const std::vector<store::Story>& stories,
                           const std::vector<sync::Decision>& decisions);

/// "last run asked for statuses of 12 by the list: 1 read; singly would be 12 reads", one for each
/// decision; none of a screening that nobody waits for.
std::vector<std::string> asked(const store::Story& story,
                               const std::vector<sync::Decision>& decisions);

/// One schedule of the config, and what the database remembers of it.
struct ScheduleStatus {
  ScheduleName name;
  std::vector<ConnectorName> connectors;
  std::string calendar, timezone;
  bool paused = false;
  int failures = 0;                     ///< in a row
  std::optional<Timestamp> next_run{};  ///< planned; nullopt: it is paused
  std::string next_run_local{};         ///< the same by the clocks of its zone; empty: none
  std::optional<store::ScheduledRun> last_run{};
};

struct Status {
  http::Allowance reads, writes;  ///< of the Assess API
  store::Backlog backlog;
  int set_aside = 0;
  std::vector<store::RouteCount> routes;
  std::vector<store::GrownRoute> held;
  std::vector<store::BlockedReason> blocked;
  std::vector<store::RefusedWrite> refused;
  std::vector<store::StreamCheckpoint> checkpoints;
  std::vector<ScheduleStatus> schedules;
  std::vector<store::Run> last_run;  ///< one or none
};

/// What `status --output json` prints.
std::string status_document(const Status& status);

/// What `runs --output json` prints: the kept documents, newest first.
std::string runs_document(const std::vector<store::Run>& runs);

}  // namespace praxisync::report
