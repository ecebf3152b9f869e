#include "sync/write_back.h"

#include <algorithm>

#include "domain/template.h"

namespace praxisync::sync {
namespace {

std::string text_of(std::string_view variable, const Route& route,
                    const store::Finished& screening) {
  const Outcome& outcome = screening.outcome;
  if (variable == "score")
    return outcome.score_percentage ? format_score(*outcome.score_percentage) : "-";
  if (variable == "verdict") return std::string(to_string(outcome.verdict));
  if (variable == "passed") return outcome.verdict == Verdict::Passed ? "yes" : "no";
  if (variable == "cases") return outcome.cases.empty() ? "-" : outcome.cases;
  if (variable == "assessment") return route.target.slug;
  if (variable == "route") return route.name.text();
  if (variable == "job") return screening.job;
  if (variable == "stage") return screening.stage;
  if (variable == "violations") {
    return outcome.violations
               ? std::to_string(outcome.violations->fullscreen + outcome.violations->copy_paste)
               : "-";
  }
  if (variable == "time_spent")
    return outcome.time_spent ? format_duration(*outcome.time_spent) : "-";
  if (variable == "completed_at")
    return outcome.completed_at ? format_timestamp(*outcome.completed_at) : "-";
  return outcome.report_url.empty() ? "-" : outcome.report_url;
}

std::vector<store::PlannedAction> actions_of(const Route& route, const store::Finished& screening,
                                             const ConnectorName& connector) {
  std::vector<store::PlannedAction> actions;
  for (const PolicyAction& action : route.on(screening.outcome.verdict).actions) {
    // Whoever has left the stage was moved by a person, and is not moved again.
    const bool moves = action.kind == ActionKind::Move || action.kind == ActionKind::Reject;
    if (moves && !screening.in_stage) continue;
    std::string value = action.kind == ActionKind::Link
                            ? screening.outcome.report_url
                            : expand_template(action.text, [&](std::string_view variable) {
                                return text_of(variable, route, screening);
                              });
    if (action.kind == ActionKind::Link && value.empty()) continue;
    actions.push_back({action.kind, action.field, std::move(value),
                       marker_of(connector, screening.application, route.name, screening.round,
                                 screening.outcome.verdict, action.kind, action.field)});
  }
  std::ranges::stable_sort(actions, {}, &store::PlannedAction::kind);
  return actions;
}

Course plan_for(Context& context, const Source& source) {
  ScreeningKey after{0};
  for (;;) {
    Result<std::vector<store::Finished>> batch =
        context.store().write_backs().unplanned(source.name, after, 500);
    if (!batch) return context.store_failed(batch.error());
    if (batch->empty()) return Course::GoOn;
    after = batch->back().key;
    for (const store::Finished& screening : *batch) {
      const Route* route = context.route(screening.route);
      if (route == nullptr) continue;  // taken out of the config: nothing says what to write
      const bool again = screening.outcome.verdict == Verdict::Expired && screening.in_stage &&
                         screening.round <= route->on_expired.reinvite &&
                         route->target.kind == TargetKind::Assessment;
      const Result<void> planned = context.store().write_backs().plan(
          screening, actions_of(*route, screening, source.name),
          again ? store::Reinvite::Yes : store::Reinvite::No, context.stamp());
      if (!planned) return context.store_failed(planned.error());
      if (again) ++context.counts().queued;
    }
  }
}

/// Sends one connector's write-backs.
class Writer {
 public:
  Writer(Context& context, const Source& source)
      : context_(context), source_(source), where_("write back to " + source.name.text()) {}

  Course run() {
    Tally& tally = context_.report().evidence.write_backs;
    const Result<int> before = context_.store().write_backs().count_pending(source_.name);
    if (!before) return context_.store_failed(before.error());
    tally.planned += *before;
    const Course course = bring_all();
    const Result<int> left = context_.store().write_backs().count_pending(source_.name);
    if (!left) return context_.store_failed(left.error());
    tally.skipped += *left;
    return course;
  }

 private:
  Course bring_all() {
    WriteBackKey after{0};
    for (std::int64_t done = 0;;) {
      Result<std::vector<store::PendingWrite>> batch =
          context_.store().write_backs().pending(source_.name, after, 500);
      if (!batch) return context_.store_failed(batch.error());
      if (batch->empty()) return Course::GoOn;
      if (done == 0) context_.observer().step(where_);
      after = batch->back().key;
      for (const store::PendingWrite& write : *batch) {
        if (!context_.may_go_on()) return Course::EndRun;
        if (write.screening == held_up_) continue;  // an earlier action of it has not landed
        if (const Course course = bring(write); course != Course::GoOn) return course;
        context_.observer().progress(++done, std::nullopt);
      }
    }
  }

  Course bring(const store::PendingWrite& write) {
    const ActionKind kind = write.action.kind;
    const bool moves = kind == ActionKind::Move || kind == ActionKind::Reject;
    const bool sending = write.state == store::WriteState::Sending;
    if (moves && !write.in_stage && !sending) {
      return applied(write, {Written::How::LeftAlone, "the candidate has left the stage"});
    }
    const Timestamp looked_at = context_.now();
    if (sending || write.origin == store::Origin::Before) {
      Result<bool> landed = source_.connector->landed(write.action);
      if (!landed) return failed(write, landed.error());
      if (*landed) return applied(write, {Written::How::Done, ""});
    }
    if (sending) {
      if (looked_at < write.settle_after) return wait(write, looked_at);
    }
    return send(write);
  }

  Course wait(const store::PendingWrite& write, Timestamp looked_at) {
    const Timestamp longest = looked_at + source_.capabilities.settle_after;
    if (write.settle_after > longest) {  // the clock was set back since: it waits anew
      const Result<void> waits = context_.store().write_backs().answer_lost(write.key, longest);
      if (!waits) return context_.store_failed(waits.error());
    }
    held_up_ = write.screening;
    context_.report().end(Ending::Unsettled);
    if (!context_.report().resume_at)
      context_.report().resume_at = std::min(write.settle_after, longest);
    return Course::GoOn;
  }

  Course send(const store::PendingWrite& write) {
    const store::Stamp stamp = context_.stamp();
    const Result<void> stored = context_.store().write_backs().mark_sending(
        write.key, stamp.at + source_.capabilities.settle_after, stamp);
    if (!stored) return context_.store_failed(stored.error());
    const Result<Written> written = source_.connector->write(write.action);
    if (written) return applied(write, *written);
    const Error& error = written.error();
    if (error.kind == ErrorKind::OutcomeUnknown || error.kind == ErrorKind::Malformed) {
      // The last request may have waited long for its turn: from now on it is on its way.
      const Result<void> waits = context_.store().write_backs().answer_lost(
          write.key, context_.now() + source_.capabilities.settle_after);
      return waits ? failed(write, error) : context_.store_failed(waits.error());
    }
    if (error.kind == ErrorKind::Rejected) return refused(write, error);
    const Result<void> back =
        context_.store().write_backs().not_landed(write, error.what, context_.stamp());
    return back ? failed(write, error) : context_.store_failed(back.error());
  }

  Course applied(const store::PendingWrite& write, const Written& written) {
    const Result<void> stored =
        context_.store().write_backs().applied(write, written, context_.stamp());
    if (!stored) return context_.store_failed(stored.error());
    // What was left alone for a person is dealt with too, but not written.
    ++context_.report().evidence.write_backs.done;
    context_.counts().written_back += written.how == Written::How::Done ? 1 : 0;
    if (!written.remark.empty()) {
      context_.observer().note(Severity::Debug, where_ + ": " + written.remark);
    }
    return Course::GoOn;
  }

  Course refused(const store::PendingWrite& write, const Error& error) {
    const Result<void> stored =
        context_.store().write_backs().refused(write, error.what, context_.stamp());
    if (!stored) return context_.store_failed(stored.error());
    ++context_.counts().failed_writes;
    ++context_.report().evidence.write_backs.failed;
    held_up_ = write.screening;
    context_.source_failed(where_, error);
    return Course::GoOn;
  }

  Course failed(const store::PendingWrite& write, const Error& error) {
    held_up_ = write.screening;
    return context_.source_failed(where_, error);
  }

  Context& context_;
  const Source& source_;
  std::string where_;
  std::optional<ScreeningKey> held_up_;
};

}  // namespace

Course plan_write_backs(Context& context) {
  for (const Source& source : context.sources()) {
    if (const Course course = plan_for(context, source); course == Course::EndRun) return course;
  }
  return Course::GoOn;
}

Course write_back(Context& context) {
  for (const Source& source : context.sources()) {
    if (const Course course = Writer(context, source).run(); course == Course::EndRun)
      return course;
  }
  return Course::GoOn;
}

}  // namespace praxisync::sync
