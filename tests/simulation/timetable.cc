#include "simulation/timetable.h"

#include <fmt/format.h>

#include "domain/check.h"
#include "simulation/schedule.h"

namespace praxisync::simulation {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr minutes kStep{20};

schedule::Calendar calendar_of(int knob) {
  if (knob == 1) return {kStep, schedule::TimeZone::utc()};
  return {schedule::Cron::parse("*/20 * * * *").value(),
          schedule::TimeZone::find("Europe/Berlin").value()};
}

}  // namespace

Timetable::Timetable(const Universe& universe, Reached& reached, Violations& found)
    : universe_(universe), reached_(reached), found_(found) {}

std::vector<schedule::Plan> Timetable::plans() const {
  const Schedule& schedule = universe_.schedule();
  schedule::Plan plan{schedule::instance_schedule(), {}, {calendar_of(schedule.knob("scheduled"))}};
  plan.timing.jitter = minutes{schedule.knob("jitter")};
  if (schedule.knob("skips_missed") != 0) plan.timing.missed = schedule::Missed::Skip;
  for (const auto& ats : universe_.atss) plan.connectors.emplace_back(ats->name);
  return {plan};
}

schedule::Scheduler Timetable::open(store::Store& store) const {
  // Sleeps longer than in life: nobody pauses a schedule here, and no clock is set in a sleep.
  auto scheduler = schedule::Scheduler::open(store.occurrences(), plans(), "seed",
                                             universe_.host_clock.now(), hours{2});
  PRAXISYNC_CHECK(scheduler.has_value(), "memory holds a schedule");
  return std::move(*scheduler);
}

std::optional<Milliseconds> Timetable::claim_due(store::Store& store) {
  if (!scheduler_) scheduler_.emplace(open(store));
  const Timestamp now = universe_.host_clock.now();
  const Result<schedule::Look> look = scheduler_->look(now);
  PRAXISYNC_CHECK(look.has_value(), "memory tells what it holds");
  if (!look->due) return std::max(look->wake_at - now, Milliseconds{1});
  const Result<store::Claim> claim = scheduler_->begin(*look->due, now);
  PRAXISYNC_CHECK(claim.has_value(), "memory holds a claim");
  if (*claim == store::Claim::Taken) return minutes{1};
  begun(*look->due);
  running_ = look->due;
  return std::nullopt;
}

void Timetable::begun(const schedule::Due& due) {
  ++reached_["scheduled run"];
  if (!begun_.insert(due.occurrence).second)
    found_.push_back({"F18", "a run is begun twice for " + format_timestamp(due.occurrence)});
}

void Timetable::finish(int exit_code) {
  if (!running_) return;
  const Result<void> finished =
      scheduler_->finish(*running_, exit_code, universe_.host_clock.now());
  PRAXISYNC_CHECK(finished.has_value(), "memory holds an end");
  running_.reset();
}

void Timetable::second_looks(store::Store& store) {
  schedule::Scheduler second = open(store);
  const Timestamp now = universe_.host_clock.now();
  const Result<schedule::Look> look = second.look(now);
  PRAXISYNC_CHECK(look.has_value(), "memory tells what it holds");
  ++reached_["second scheduler"];
  if (!look->due) return;
  const Result<store::Claim> claim = second.begin(*look->due, now);
  PRAXISYNC_CHECK(claim.has_value(), "memory holds a claim");
  if (*claim == store::Claim::Taken) return;
  begun(*look->due);
  static_cast<void>(second.finish(*look->due, 0, now));
}

void Timetable::process_died() {
  if (running_) ++reached_["process died in a scheduled run"];
  running_.reset();
  scheduler_.reset();
}

void Timetable::database_replaced() {
  begun_.clear();
  process_died();
}

/// What was begun before the clock was set back is not run again; after failures, an hour is given
/// up at most.
Milliseconds Timetable::longest_wait() const {
  return kStep * (static_cast<int>(begun_.size()) + 3) + hours{1};
}

}  // namespace praxisync::simulation
