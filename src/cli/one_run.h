/// One run of the engine, with what it must hold: the lease, the database, the request ledger.
#pragma once

#include <set>

#include "cli/session.h"
#include "store/lease.h"
#include "sync/run_report.h"
#include "sync/scope.h"
#include "sync/selection.h"

namespace praxisync::cli {

/// What is asked of a run beyond the config.
struct RunOrder {
  std::optional<int> confirmed{};  ///< see sync::Options
  std::optional<std::set<ConnectorName>>
      connectors{};                            ///< pulled from and written to; nullopt: all
  const sync::Selection* selection = nullptr;  ///< see sync::Parts
  const sync::Scope* scope = nullptr;          ///< see sync::Parts
  sync::Observer* observer = nullptr;          ///< instead of the session's
};

/// The database with the right to change it, which one process has at a time.
struct HeldDatabase {
  store::Lease lease;  ///< goes last
  store::Store store;
};

/// Exhausted: another process holds the lease. Where the database cannot be had for another reason,
/// those whom `[notify]` names are told.
Result<HeldDatabase> hold_database(Session& session);

/// Those whom `[notify]` names are told that it begins.
sync::RunReport run_engine(Session& session, HeldDatabase& held, const RunOrder& order);

/// Tells them how it ended.
void tell_end(Session& session, HeldDatabase& held, const sync::RunReport& report);

/// What is known of a run for which the database could not be had.
sync::RunReport report_of(const Error& not_begun, Timestamp now);

/// The exit code of a run that could not begin.
int exit_code_of(const Error& not_begun);

}  // namespace praxisync::cli
