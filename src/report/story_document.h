#pragma once

#include <string>
#include <vector>

#include "http/ledger.h"
#include "store/runs.h"
#include "store/safety.h"
#include "store/view.h"

namespace praxisync::report {

/// What `explain --output json` prints: everything but the invitation's token, with which anybody
/// could take the test.
std::string story_document(const std::vector<store::Story>& stories);

struct Status {
  http::Allowance reads, writes;  ///< of the Assess API
  store::Backlog backlog;
  int set_aside = 0;
  std::vector<store::RouteCount> routes;
  std::vector<store::GrownRoute> held;
  std::vector<store::BlockedReason> blocked;
  std::vector<store::RefusedWrite> refused;
  std::vector<store::StreamCheckpoint> checkpoints;
  std::vector<store::Run> last_run;  ///< one or none
};

/// What `status --output json` prints.
std::string status_document(const Status& status);

/// What `runs --output json` prints: the kept documents, newest first.
std::string runs_document(const std::vector<store::Run>& runs);

}  // namespace praxisync::report
