#include "sync/plan.h"

#include <algorithm>

#include "sync/bind.h"
#include "sync/collect.h"
#include "sync/pull.h"
#include "sync/safety.h"
#include "sync/write_back.h"

namespace praxisync::sync {
namespace {

/// An hour's limits: source 002, 'Rate Limit Rules'.
constexpr int kReadsAnHour = 500, kWritesAnHour = 100;

class Planner {
 public:
  Planner(Context& context, Plan& plan) : context_(context), plan_(plan) {}

  void run() {
    if (bind(context_) == Course::EndRun) return;
    if (pull(context_) == Course::EndRun) return;
    if (collect(context_) == Course::EndRun) return;
    if (plan_write_backs(context_) == Course::EndRun) return;
    if (safety() == Course::EndRun) return;
    if (contacts() == Course::EndRun) return;
    if (writes() == Course::EndRun) return;
    forecast();
  }

 private:
  /// What is held is shown as well, and counted: that is what would be confirmed.
  Course safety() {
    if (const Course course = apply_domains(context_); course != Course::GoOn) return course;
    Result<store::Growth> growth = context_.store().safety().hold_grown();
    if (!growth) return context_.store_failed(growth.error());
    plan_.grown = std::move(growth->routes);
    const Result<void> shown = context_.store().safety().accept_growth();
    return shown ? Course::GoOn : context_.store_failed(shown.error());
  }

  Course contacts() {
    Result<std::vector<store::Queue>> queues = context_.store().engagements().queues();
    if (!queues) return context_.store_failed(queues.error());
    plan_.queues = std::move(*queues);
    for (const store::Queue& queue : plan_.queues) plan_.persons += queue.persons;
    Result<std::vector<store::QueuedScreening>> screenings = context_.store().view().queued();
    if (!screenings) return context_.store_failed(screenings.error());
    for (store::QueuedScreening& row : *screenings) {
      plan_.contacts.push_back(PlannedContact{row.route, row.target, row.connector, row.application,
                                              std::move(row.email), std::move(row.name),
                                              std::move(row.job)});
    }
    if (plan_.persons == 0 || context_.report().quota) return Course::GoOn;
    const auto page = context_.assess().list_assessments({});
    if (!page)
      return context_.assess_failed("check quota and targets", page.failure(), http::Cost::Read);
    context_.report().quota = page->quota;
    return Course::GoOn;
  }

  Course writes() {
    for (const Source& source : context_.sources()) {
      WriteBackKey after{0};
      for (;;) {
        Result<std::vector<store::PendingWrite>> batch =
            context_.store().write_backs().pending(source.name, after, 500);
        if (!batch) return context_.store_failed(batch.error());
        if (batch->empty()) break;
        after = batch->back().key;
        for (const store::PendingWrite& write : *batch) {
          plan_.writes.push_back(PlannedWrite{source.name, write.action.application,
                                              write.action.route, write.action.kind,
                                              write.action.value});
        }
      }
    }
    return Course::GoOn;
  }

  void forecast() {
    const int bulk = context_.options().bulk_size;
    for (const store::Queue& queue : plan_.queues) {
      const bool assessment = queue.target.kind == TargetKind::Assessment;
      plan_.write_calls += assessment ? (queue.persons + bulk - 1) / bulk : queue.persons;
      plan_.reads += assessment ? 0 : 1;
    }
    if (plan_.persons > 0) plan_.reads += 1;
    const int hours =
        std::max((plan_.write_calls - 1) / kWritesAnHour, (plan_.reads - 1) / kReadsAnHour);
    plan_.until_done = std::chrono::hours{std::max(0, hours)};
    const Result<store::Backlog> backlog = context_.store().view().backlog();
    if (backlog) plan_.unsettled = backlog->unsettled;
    plan_.held = !plan_.grown.empty() ||
                 plan_.persons >
                     context_.options().confirmed.value_or(context_.options().max_invites_per_run);
  }

  Context& context_;
  Plan& plan_;
};

}  // namespace

Plan make_plan(Parts parts) {
  Plan plan;
  Context context(parts, plan.report);
  plan.report.started_at = context.now();
  const Result<RunKey> run = parts.store.runs().begin(plan.report.started_at);
  if (!run) {
    context.store_failed(run.error());
    return plan;
  }
  plan.report.run = *run;
  Planner(context, plan).run();
  plan.report.finished_at = context.now();
  return plan;
}

}  // namespace praxisync::sync
