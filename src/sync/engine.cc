#include "sync/engine.h"

#include "sync/bind.h"
#include "sync/choose.h"
#include "sync/collect.h"
#include "sync/dispatch.h"
#include "sync/lifecycle.h"
#include "sync/pull.h"
#include "sync/selection.h"
#include "sync/settle.h"
#include "sync/write_back.h"

namespace praxisync::sync {
namespace {

/// A saved plan is all that may be written.
Course collect_reading_alone(Context& context) { return collect(context, Tokens::LeaveOut); }

}  // namespace

void Engine::run_phases(Context& context) {
  if (bind(context) == Course::EndRun) return;
  if (pull(context) == Course::EndRun) return;
  if (settle(context) == Course::EndRun) return;
  if (dispatch(context) == Course::EndRun) return;
  if (collect(context, Tokens::Fetch) == Course::EndRun) return;
  if (lifecycle(context) == Course::EndRun) return;
  const int queued_before = context.counts().queued;
  if (plan_write_backs(context) == Course::EndRun) return;
  const bool invites_again = context.counts().queued > queued_before;
  if (invites_again && dispatch_again(context) == Course::EndRun) return;
  write_back(context);
}

/// Everything that can move the ground comes first, so that each action is looked at once.
void Engine::run_selection(Context& context) {
  context.report().planned = parts_.selection->size();
  for (const auto phase : {bind, pull, settle, collect_reading_alone, plan_write_backs, choose,
                           dispatch, write_back}) {
    if (phase(context) == Course::EndRun) return;
  }
}

RunReport Engine::sync(const Document& document) {
  RunReport report;
  Context context(parts_, report);
  report.started_at = context.now();
  Result<RunKey> run = parts_.store.runs().begin(report.started_at);
  if (!run) {
    context.store_failed(run.error());
    report.finished_at = context.now();
    parts_.observer.ended(report);
    return report;
  }
  report.run = *run;
  parts_.observer.begun(report.run, report.started_at);
  parts_.selection == nullptr ? run_phases(context) : run_selection(context);
  report.weigh_evidence();
  if (parts_.ledger != nullptr) {
    // Where it fails, the last request counts a little longer than it must.
    static_cast<void>(parts_.ledger->flush());
  }
  Result<store::Backlog> backlog = parts_.store.view().backlog();
  if (backlog) {
    report.backlog = *backlog;
  } else {
    context.store_failed(backlog.error());
  }
  report.finished_at = context.now();
  const Result<void> finished =
      parts_.store.runs().finish(report.run, to_string(report.ending), exit_code(report.ending),
                                 document(report), report.finished_at);
  if (!finished) context.store_failed(finished.error());
  parts_.observer.ended(report);
  return report;
}

}  // namespace praxisync::sync
