#include "cli/one_run.h"

#include "report/run_document.h"
#include "sync/engine.h"

namespace praxisync::cli {

namespace {

Result<store::Store> open_store(Session& session) {
  Result<store::Store> store = store::Store::open(session.config().state.path);
  if (!store) return store;
  if (Result<void> held = store->begin_epoch("sync", session.clock().now()); !held)
    return std::move(held).error();
  if (Result<void> kept = session.keep_ledger(); !kept) return std::move(kept).error();
  return store;
}

/// Who cannot be told is named in the log, and changes nothing else.
void tell(Session& session, const sync::RunReport& report, std::optional<int> before) {
  session.notifier().ends(report, before);
  for (const std::string& failure : session.notifier().take_failures()) session.log().warn(failure);
}

}  // namespace

Result<HeldDatabase> hold_database(Session& session) {
  if (Result<void> made = make_state_folder(session.config().state); !made)
    return std::move(made).error();
  Result<store::Lease> lease = store::Lease::take(session.config().state.path);
  if (!lease) return std::move(lease).error();
  Result<store::Store> store = open_store(session);
  if (!store) {
    // Without a database nobody knows how the last run ended: each such run tells.
    tell(session, report_of(store.error(), session.clock().now()), std::nullopt);
    return std::move(store).error();
  }
  return HeldDatabase{std::move(*lease), std::move(*store)};
}

sync::RunReport run_engine(Session& session, HeldDatabase& held, const RunOrder& order) {
  session.notifier().begins();
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

void tell_end(Session& session, HeldDatabase& held, const sync::RunReport& report) {
  const auto before = held.store.runs().exit_code_before(report.run, kStopped);
  tell(session, report, before ? *before : std::nullopt);
}

sync::RunReport report_of(const Error& not_begun, Timestamp now) {
  sync::RunReport report;
  report.started_at = report.finished_at = now;
  report.end(sync::Ending::Failed);
  report.add({"database", not_begun.kind, not_begun.what});
  return report;
}

int exit_code_of(const Error& not_begun) {
  return not_begun.kind == ErrorKind::Exhausted ? kLeaseHeld : kFailed;
}

}  // namespace praxisync::cli
