#include "sync/plan.h"

#include <algorithm>
#include <deque>
#include <tuple>

#include "sync/bind.h"
#include "sync/collect.h"
#include "sync/pull.h"
#include "sync/safety.h"
#include "sync/scarcity.h"
#include "sync/write_back.h"

namespace praxisync::sync {
namespace {

class Planner {
 public:
  Planner(Context& context, Plan& plan) : context_(context), plan_(plan) {}

  void run() {
    if (bind(context_) == Course::EndRun) return;
    if (pull(context_) == Course::EndRun) return;
    if (collect(context_, Tokens::LeaveOut) == Course::EndRun) return;
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
    Result<std::vector<store::Queue>> queues = read_queues(context_);
    if (!queues) return context_.store_failed(queues.error());
    plan_.queues = std::move(*queues);
    for (const store::Queue& queue : plan_.queues) plan_.persons += queue.persons;
    Result<std::vector<store::QueuedScreening>> screenings = context_.store().view().queued();
    if (!screenings) return context_.store_failed(screenings.error());
    for (store::QueuedScreening& row : *screenings) {
      plan_.contacts.push_back(PlannedContact{row.route, row.target, row.send_email, row.connector,
                                              row.application, std::move(row.email),
                                              std::move(row.name), std::move(row.job),
                                              std::move(row.stage), row.round});
    }
    return plan_.persons == 0 ? Course::GoOn : read_quota(context_);
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
                                              write.action.value, write.action.field,
                                              write.action.outcome.verdict, write.action.marker});
        }
      }
    }
    return Course::GoOn;
  }

  void forecast() {
    const Result<Means> means = means_of(context_);
    if (!means) {
      context_.store_failed(means.error());
      return;
    }
    const Forecast seen =
        sync::forecast(weigh(plan_.queues, context_.routes()), *means, context_.now());
    plan_.write_calls = seen.writes;
    plan_.done_at = seen.done;
    plan_.reads = context_.report().least.reads;
    for (const store::Queue& queue : plan_.queues)
      plan_.reads += queue.target.kind == TargetKind::Pipeline ? 1 : 0;
    if (const auto& quota = context_.report().quota) {
      plan_.quota_dry_at = runs_dry(quota->limit, quota->remaining, plan_.persons, context_.now());
    }
    plan_.reads_allowed = context_.allowance(http::Cost::Read);
    plan_.writes_allowed = context_.allowance(http::Cost::Write);
    tell_when(seen);
    const Result<store::Backlog> backlog = context_.store().view().backlog();
    if (!backlog) {
      context_.store_failed(backlog.error());
      return;
    }
    plan_.unsettled = backlog->unsettled;
    plan_.held = !plan_.grown.empty() ||
                 plan_.persons >
                     context_.options().confirmed.value_or(context_.options().max_invites_per_run);
  }

  /// The contacts stand as the queues do, and in each in the order of sending; applications of one
  /// person next to each other.
  void tell_when(const Forecast& seen) {
    const PlannedContact* before = nullptr;
    auto contact = plan_.contacts.begin();
    for (std::size_t i = 0; i < plan_.queues.size(); ++i) {
      std::deque<Served> left(seen.served[i].begin(), seen.served[i].end());
      for (; contact != plan_.contacts.end() && queue_of(*contact) == queue_of(plan_.queues[i]);
           ++contact) {
        const bool same_person = before != nullptr && queue_of(*before) == queue_of(*contact) &&
                                 before->email == contact->email && before->round == contact->round;
        if (same_person) {
          contact->at = before->at;
        } else if (!left.empty()) {
          contact->at = left.front().at;
          if (--left.front().persons == 0) left.pop_front();
        }
        before = &*contact;
      }
    }
  }

  using QueueOf = std::tuple<Target, SendEmail, bool>;  ///< its rounds: whether later ones
  static QueueOf queue_of(const PlannedContact& contact) {
    return {contact.target, contact.send_email, contact.round > 1};
  }
  static QueueOf queue_of(const store::Queue& queue) {
    return {queue.target, queue.send_email, queue.rounds == store::Rounds::Later};
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
