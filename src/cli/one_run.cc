#include "cli/one_run.h"

#include "report/run_document.h"
#include "sync/engine.h"

namespace praxisync::cli {

Result<HeldDatabase> hold_database(Session& session) {
  Result<store::Lease> lease = store::Lease::take(session.config().state.path);
  if (!lease) return std::move(lease).error();
  Result<store::Store> store = store::Store::open(session.config().state.path);
  if (!store) return std::move(store).error();
  if (Result<void> held = store->begin_epoch("sync", session.clock().now()); !held)
    return std::move(held).error();
  if (Result<void> kept = session.keep_ledger(); !kept) return std::move(kept).error();
  return HeldDatabase{std::move(*lease), std::move(*store)};
}

sync::RunReport run_engine(Session& session, HeldDatabase& held, const RunOrder& order) {
  sync::Options options = session.sync_options();
  options.confirmed = order.confirmed;
  sync::Parts parts = session.parts(held.store, options, order.observer);
  if (order.connectors) {
    std::erase_if(parts.sources, [&](const sync::Source& source) {
      return !order.connectors->contains(source.name);
    });
  }
  parts.selection = order.selection;
  parts.scope = order.scope;
  return sync::Engine(std::move(parts)).sync([&](const sync::RunReport& report) {
    return report::run_document(report, session.totals());
  });
}

int exit_code_of(const Error& not_begun) {
  return not_begun.kind == ErrorKind::Exhausted ? kLeaseHeld : kFailed;
}

}  // namespace praxisync::cli
