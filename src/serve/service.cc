#include "serve/service.h"

#include <algorithm>
#include <utility>

namespace praxisync::serve {
namespace {

constexpr std::chrono::minutes kAfterTrouble{1};
constexpr std::chrono::hours kLongestPause{1};

/// Before webhooks begin a run again, after runs that did not read what they should: the schedule's
/// runs see to it all the same.
Milliseconds pause_after(int fruitless) {
  const Milliseconds pause = kAfterTrouble * (1 << std::min(fruitless - 1, 10));
  return std::min<Milliseconds>(pause, kLongestPause);
}

}  // namespace

Service::Service(schedule::Scheduler& scheduler, Inbox& inbox, Runner& runner, const Clock& clock,
                 ServicePolicy policy)
    : scheduler_(scheduler),
      inbox_(inbox),
      runner_(runner),
      clock_(clock),
      policy_(std::move(policy)) {}

Timestamp Service::step() {
  const Result<schedule::Look> look = scheduler_.look(clock_.now());
  if (!look) return failed(look.error());
  next_run_ = look->next;
  // Runs that take longer than their schedule's step must not keep webhooks waiting for ever.
  const bool hints_turn = std::exchange(ran_due_, false);
  if (!look->due) return follow_hints(look->wake_at);
  if (hints_turn) return follow_hints(clock_.now());
  ran_due_ = true;
  return run_due(*look->due, look->wake_at);
}

Timestamp Service::run_due(const schedule::Due& due, Timestamp wake_at) {
  // A run for a few connectors has a schedule of its own, and is not left out.
  const bool asks_all_sides = due.schedule == schedule::instance_schedule();
  const bool left_out = asks_all_sides && may_be_left_out(polls(), clock_.now());
  const Timestamp began = clock_.now();
  const auto begin = [&]() -> Result<bool> {
    const Result<store::Claim> claim = scheduler_.begin(due, clock_.now());
    if (!claim) return claim.error();
    if (*claim == store::Claim::Taken) return false;
    if (!left_out) return true;
    const Result<void> ended = scheduler_.finish(due, 0, clock_.now());
    return ended ? Result<bool>(false) : ended.error();
  };
  const auto end = [&](const sync::RunReport& report) {
    return scheduler_.finish(due, sync::exit_code(report.ending), clock_.now());
  };
  const auto report =
      runner_.run({.why = "schedule " + due.schedule.text(), .due = due}, begin, end);
  if (!report && report.error().kind == ErrorKind::Exhausted) return wake_at;
  if (!report) return failed(report.error());
  if (*report && asks_all_sides && (*report)->evidence.whole()) last_complete_ = began;
  return clock_.now();
}

Polls Service::polls() const {
  Polls polls{.apart = policy_.polls_apart, .last_complete = last_complete_};
  for (const std::string& side : policy_.sides) {
    const auto at = delivered_.find(side);
    polls.delivered.push_back(at == delivered_.end() ? std::nullopt : std::optional(at->second));
  }
  return polls;
}

Timestamp Service::follow_hints(Timestamp wake_at) {
  if (clock_.now() < hints_from_) return std::min(wake_at, hints_from_);
  const Result<Taken> taken = inbox_.take();
  if (!taken) return failed(taken.error());
  if (taken->upto == 0) return wake_at;
  for (const Place& place : taken->places) delivered_[place.source] = clock_.now();
  const sync::Scope scope = scope_of(hints_of(*taken));
  const auto report = runner_.run(
      {.why = "webhooks", .scope = &scope}, []() -> Result<bool> { return true; },
      [](const sync::RunReport&) -> Result<void> { return {}; });
  scheduler_.busy_until(clock_.now());
  if (!report && report.error().kind == ErrorKind::Exhausted) {
    hints_from_ = clock_.now() + policy_.hints_apart;
    return clock_.now();
  }
  if (!report) runner_.warn(report.error().what);
  const bool read = report && *report && (*report)->evidence.whole();
  fruitless_ = read ? 0 : fruitless_ + 1;
  hints_from_ = clock_.now() + (read ? policy_.hints_apart : pause_after(fruitless_));
  if (read) {
    if (const Result<void> done = inbox_.done(*taken); !done) return failed(done.error());
  }
  return clock_.now();
}

Timestamp Service::failed(const Error& error) {
  runner_.warn(error.what);
  return clock_.now() + kAfterTrouble;
}

}  // namespace praxisync::serve
