/// One run of the engine, with what it must hold: the lease, the database, the request ledger.
#pragma once

#include "cli/session.h"
#include "sync/run_report.h"
#include "sync/scope.h"
#include "sync/selection.h"

namespace praxisync::cli {

/// What is asked of a run beyond the config.
struct RunOrder {
  std::optional<int> confirmed{};              ///< see sync::Options
  std::optional<ConnectorName> connector{};    ///< pulled from and written to alone
  const sync::Selection* selection = nullptr;  ///< see sync::Parts
  const sync::Scope* scope = nullptr;          ///< see sync::Parts
  sync::Observer* observer = nullptr;          ///< instead of the session's
};

/// An error where the run could not begin; Exhausted: another one holds the lease.
Result<sync::RunReport> run_once(Session& session, const RunOrder& order);

/// The exit code of a run that could not begin.
int exit_code_of(const Error& not_begun);

}  // namespace praxisync::cli
