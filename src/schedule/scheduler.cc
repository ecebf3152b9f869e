#include "schedule/scheduler.h"

#include <algorithm>

#include "domain/check.h"

namespace praxisync::schedule {

store::RunEnd run_end_of(int exit_code) {
  switch (exit_code) {
    case 0:
    case 3:
    case 4:
    case 7:
      return store::RunEnd::Succeeded;
    case 6:
      return store::RunEnd::Neither;
    default:
      return store::RunEnd::Failed;
  }
}

Scheduler::Scheduler(store::Occurrences& occurrences, std::vector<Plan> plans, std::string seed,
                     Timestamp now, Milliseconds longest_sleep)
    : occurrences_(occurrences),
      plans_(std::move(plans)),
      seed_(std::move(seed)),
      longest_sleep_(longest_sleep),
      watched_since_(now),
      seen_at_(now),
      expected_by_(now) {}

Result<Scheduler> Scheduler::open(store::Occurrences& occurrences, std::vector<Plan> plans,
                                  std::string seed, Timestamp now, Milliseconds longest_sleep) {
  for (const Plan& plan : plans) {
    const Calendar& calendar = plan.timing.calendar;
    const std::string known_as = calendar.text() + " " + calendar.zone().name();
    if (Result<void> met = occurrences.meet(plan.name, known_as, now); !met)
      return std::move(met).error();
  }
  return Scheduler(occurrences, std::move(plans), std::move(seed), now, longest_sleep);
}

/// Who slept over the time that was said, or whose clock was set, was not there until now.
void Scheduler::note_presence(Timestamp now) {
  if (now < seen_at_ || now > expected_by_ + kGrace) watched_since_ = now;
  seen_at_ = now;
}

Result<Look> Scheduler::look(Timestamp now) {
  note_presence(now);
  Look look{std::nullopt, now + longest_sleep_};
  Timestamp waits_since = Timestamp::max();
  for (const Plan& plan : plans_) {
    if (running_) break;
    const auto record = occurrences_.find(plan.name, claims_from(plan, now));
    if (!record) return record.error();
    if (!*record) {
      return Error{ErrorKind::Fatal,
                   "the database has lost its schedules; was it replaced? Start anew"};
    }
    const auto next = prospect(plan, **record, {now, watched_since_, seed_});
    if (!next) continue;
    look.next = std::min(look.next.value_or(Timestamp::max()), next->begins_at);
    if (next->begins_at > now) {
      look.wake_at = std::min(look.wake_at, next->begins_at);
    } else if (next->begins_at < waits_since) {
      waits_since = next->begins_at;
      look.due = Due{plan.name, plan.connectors, next->occurrence, plan.timing.deadline};
    }
  }
  expected_by_ = look.wake_at;
  return look;
}

Result<store::Claim> Scheduler::begin(const Due& due, Timestamp now) {
  PRAXISYNC_CHECK(!running_, "one run at a time");
  Result<store::Claim> claim = occurrences_.claim(due.schedule, due.occurrence, now);
  running_ = claim && *claim == store::Claim::Ours;
  return claim;
}

void Scheduler::busy_until(Timestamp now) {
  if (now < seen_at_) watched_since_ = now;
  seen_at_ = expected_by_ = now;
}

Result<void> Scheduler::finish(const Due& due, int exit_code, Timestamp now) {
  PRAXISYNC_CHECK(running_, "what ends was begun");
  running_ = false;
  busy_until(now);
  return occurrences_.finish(due.schedule, due.occurrence, exit_code, run_end_of(exit_code), now);
}

}  // namespace praxisync::schedule
