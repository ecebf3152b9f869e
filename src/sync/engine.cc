#include "sync/engine.h"

#include "sync/bind.h"
#include "sync/collect.h"
#include "sync/dispatch.h"
#include "sync/lifecycle.h"
#include "sync/pull.h"
#include "sync/settle.h"
#include "sync/write_back.h"

namespace praxisync::sync {

void Engine::run_phases(Context& context) {
  if (bind(context) == Course::EndRun) return;
  if (pull(context) == Course::EndRun) return;
  if (settle(context) == Course::EndRun) return;
  if (dispatch(context) == Course::EndRun) return;
  if (collect(context) == Course::EndRun) return;
  if (lifecycle(context) == Course::EndRun) return;
  const int queued_before = context.counts().queued;
  if (plan_write_backs(context) == Course::EndRun) return;
  const bool invites_again = context.counts().queued > queued_before;
  if (invites_again && dispatch_again(context) == Course::EndRun) return;
  write_back(context);
}

RunReport Engine::sync(const Document& document) {
  RunReport report;
  Context context(parts_, report);
  report.started_at = context.now();
  Result<RunKey> run = parts_.store.runs().begin(report.started_at);
  if (!run) {
    context.store_failed(run.error());
    report.finished_at = context.now();
    return report;
  }
  report.run = *run;
  run_phases(context);
  report.weigh_evidence();
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
  return report;
}

}  // namespace praxisync::sync
