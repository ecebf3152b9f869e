#include "unit/schedule/virtual_year.h"

#include <gmock/gmock.h>

#include "unit/schedule/times.h"

namespace praxisync::schedule {
namespace {

using namespace std::chrono_literals;

const Timestamp kFrom = at("2026-01-01T00:00:00Z"), kUntil = at("2027-01-01T00:00:00Z");

std::vector<Plan> plans(Missed missed = Missed::Once) {
  return {
      {instance_schedule(), {}, {cron_in("Europe/Berlin", "30 * * * *"), 2min, missed}},
      {schedule_of(ConnectorName("gh")),
       {},
       {cron_in("America/New_York", "30 2 * * *"), 0ms, missed}},
      {schedule_of(ConnectorName("lever")), {}, {Calendar(7h, TimeZone::utc()), 10min, missed}}};
}

std::vector<Timestamp> occurrences(const Calendar& calendar) {
  std::vector<Timestamp> all;
  for (Timestamp next = calendar.next(kFrom - 1ms); next < kUntil; next = calendar.next(next))
    all.push_back(next);
  return all;
}

/// The latest occurrence, unless it still waits for its jitter or is from before the year.
std::optional<Timestamp> must_have_run(const Plan& plan, Timestamp now) {
  const auto latest = plan.timing.calendar.latest(now);
  const bool waits = latest != plan.timing.calendar.latest(now - plan.timing.jitter);
  return waits || *latest < kFrom ? std::nullopt : latest;
}

bool is_claimed(const store::ScheduleRecord& record, Timestamp occurrence) {
  return std::ranges::any_of(record.claimed, [&](const store::Stretch& stretch) {
    return stretch.first <= occurrence && occurrence <= stretch.last;
  });
}

TEST(VirtualYear, WithoutTroubleEachOccurrenceRunsOnceOnTime) {
  for (const Missed missed : {Missed::Once, Missed::Skip}) {
    const std::vector<Plan> kept = plans(missed);
    VirtualYear year(kept, 1, {});

    year.play(kFrom, kUntil, [] {});

    for (const Plan& plan : kept) {
      const std::vector<Timestamp> wanted = occurrences(plan.timing.calendar);
      ASSERT_EQ(year.begun[plan.name], wanted) << plan.name.text();
      for (std::size_t i = 0; i < wanted.size(); ++i)
        ASSERT_LE(year.begun_really[plan.name][i] - wanted[i], plan.timing.jitter + 5min);
    }
  }
}

/// Whenever nobody runs and nothing is due, the latest occurrence, or a later one, has run.
TEST(VirtualYear, KillsAndLongRunsLoseNothingBeyondTheCatchUp) {
  const std::vector<Plan> kept = plans();
  VirtualYear year(kept, 1, {.kills = 200, .longest_run = 3h});
  int looked = 0;

  year.play(kFrom, kUntil, [&] {
    for (const Plan& plan : kept) {
      const store::ScheduleRecord record = year.record(plan);
      const auto latest = must_have_run(plan, year.wall());
      if (!latest || record.failures > 1) continue;  // then it gives up occurrences
      ++looked;
      ASSERT_TRUE(record.last && record.last->occurrence >= *latest)
          << plan.name.text() << " at " << format_timestamp(year.wall());
    }
  });

  EXPECT_GT(year.kills, 50);
  EXPECT_GT(looked, 1000);
}

/// Nothing runs twice (the year itself sees to that), no jump makes a storm, and once the clock is
/// right again nothing that has come is left out.
TEST(VirtualYear, ClocksThatAreSetNeitherRepeatNorStormNorLose) {
  const std::vector<Plan> kept = plans();
  VirtualYear year(kept, 1, {.kills = 1000, .jumps = 100});
  int looked = 0;

  year.play(kFrom, kUntil, [&] {
    if (!year.clock_is_right()) return;
    for (const Plan& plan : kept) {
      const store::ScheduleRecord record = year.record(plan);
      const auto latest = must_have_run(plan, year.wall());
      if (!latest || record.failures > 1) continue;
      ++looked;
      ASSERT_TRUE(is_claimed(record, *latest))
          << plan.name.text() << " at " << format_timestamp(year.wall());
    }
  });

  EXPECT_GT(year.jumps, 100);
  EXPECT_GT(looked, 1000);
  for (const Plan& plan : kept) {
    const std::size_t usual = occurrences(plan.timing.calendar).size();
    EXPECT_LE(year.begun[plan.name].size(), usual + static_cast<std::size_t>(year.jumps));
  }
}

}  // namespace
}  // namespace praxisync::schedule
