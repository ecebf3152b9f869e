#include "schedule/scheduler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store.h"
#include "support/result_matchers.h"
#include "unit/schedule/times.h"

namespace praxisync::schedule {
namespace {

using namespace std::chrono_literals;
using store::Claim;
using testing::ElementsAre;
using testing_support::IsOk;

Plan quarterly(ScheduleName name = instance_schedule(), Missed missed = Missed::Once) {
  return {
      std::move(name), {ConnectorName("gh")}, {cron_in("UTC", "*/15 * * * *"), 0ms, missed, 10min}};
}

class SchedulerTest : public testing::Test {
 protected:
  /// A new process over the same database.
  void start(std::vector<Plan> plans = {quarterly()}) {
    scheduler.emplace(Scheduler::open(store.occurrences(), std::move(plans), "seed", now).value());
  }
  Look look() {
    Result<Look> look = scheduler->look(now);
    EXPECT_THAT(look, IsOk());
    return *look;
  }
  void look_at(std::string_view when) {
    now = at(when);
    due = look().due;
  }
  /// Runs what is due for that long.
  void run(Milliseconds span = 10s, int exit_code = 0) {
    ASSERT_TRUE(due.has_value());
    ASSERT_EQ(scheduler->begin(*due, now).value(), Claim::Ours);
    now += span;
    ASSERT_THAT(scheduler->finish(*due, exit_code, now), IsOk());
  }
  store::ScheduleRecord record() {
    return store.occurrences().find(instance_schedule(), now).value().value();
  }

  store::Store store = store::Store::scratch().value();
  Timestamp now = at("2026-11-22T11:58:00Z");
  std::optional<Scheduler> scheduler;
  std::optional<Due> due;
};

TEST_F(SchedulerTest, SleepsUntilTheOccurrenceComes) {
  start();
  EXPECT_EQ(look().due.has_value(), false);
  EXPECT_EQ(look().wake_at, at("2026-11-22T11:59:00Z"));

  now = at("2026-11-22T11:59:30Z");
  EXPECT_EQ(look().wake_at, at("2026-11-22T12:00:00Z"));
}

TEST_F(SchedulerTest, SaysWhatIsDue) {
  start();
  look_at("2026-11-22T12:00:00Z");

  ASSERT_TRUE(due.has_value());
  EXPECT_EQ(due->schedule, instance_schedule());
  EXPECT_EQ(due->occurrence, at("2026-11-22T12:00:00Z"));
  EXPECT_THAT(due->connectors, ElementsAre(ConnectorName("gh")));
  EXPECT_EQ(due->deadline, 10min);
}

TEST_F(SchedulerTest, KeepsTheRecordOfARun) {
  start();
  look_at("2026-11-22T12:00:00Z");
  run(10s, 3);

  EXPECT_EQ(record().last,
            (store::ScheduledRun{at("2026-11-22T12:00:00Z"), at("2026-11-22T12:00:00Z"),
                                 at("2026-11-22T12:00:10Z"), 3}));
  EXPECT_EQ(look().due.has_value(), false);
}

TEST_F(SchedulerTest, NothingIsDueWhileARunIsUnderWay) {
  start({quarterly(), quarterly(schedule_of(ConnectorName("gh")))});
  look_at("2026-11-22T12:00:00Z");
  ASSERT_EQ(scheduler->begin(*due, now).value(), Claim::Ours);

  now += 20min;

  EXPECT_EQ(look().due.has_value(), false);
}

TEST_F(SchedulerTest, ALongRunIsFollowedByOne) {
  start();
  look_at("2026-11-22T12:00:00Z");
  run(50min);

  due = look().due;
  ASSERT_TRUE(due.has_value());
  EXPECT_EQ(due->occurrence, at("2026-11-22T12:45:00Z"));
  run();
  EXPECT_EQ(look().due.has_value(), false);
}

TEST_F(SchedulerTest, SkipsWhatItsOwnLongRunCovered) {
  start({quarterly(instance_schedule(), Missed::Skip)});
  look_at("2026-11-22T12:00:00Z");
  run(50min);

  EXPECT_EQ(look().due.has_value(), false);
}

TEST_F(SchedulerTest, AScheduleThatWaitedForAnotherIsNotSkipped) {
  start({quarterly(instance_schedule(), Missed::Skip),
         quarterly(schedule_of(ConnectorName("gh")), Missed::Skip)});
  look_at("2026-11-22T12:00:00Z");
  run(10min);

  due = look().due;

  ASSERT_TRUE(due.has_value());
  EXPECT_EQ(due->schedule, schedule_of(ConnectorName("gh")));
}

TEST_F(SchedulerTest, WhoHasWaitedLongestGoesFirst) {
  Plan hourly{schedule_of(ConnectorName("gh")), {}, {cron_in("UTC", "58 * * * *")}};
  start({quarterly(), hourly});
  look_at("2026-11-22T12:59:00Z");

  EXPECT_EQ(due->schedule, instance_schedule());
  look_at("2026-11-22T13:00:00Z");
  EXPECT_EQ(due->schedule, schedule_of(ConnectorName("gh")));
}

TEST_F(SchedulerTest, ARestartCatchesUpOnce) {
  start();
  now = at("2026-11-22T18:20:00Z");
  start();

  due = look().due;
  ASSERT_TRUE(due.has_value());
  EXPECT_EQ(due->occurrence, at("2026-11-22T18:15:00Z"));
  run();
  EXPECT_EQ(look().due.has_value(), false);
}

TEST_F(SchedulerTest, ARestartSkipsWhereToldSo) {
  start({quarterly(instance_schedule(), Missed::Skip)});
  now = at("2026-11-22T18:20:00Z");
  start({quarterly(instance_schedule(), Missed::Skip)});

  EXPECT_EQ(look().due.has_value(), false);
}

TEST_F(SchedulerTest, SleepingOverItIsMissingIt) {
  start({quarterly(instance_schedule(), Missed::Skip)});
  look();
  look_at("2026-11-22T18:20:00Z");

  EXPECT_EQ(due.has_value(), false);
}

TEST_F(SchedulerTest, AKilledRunIsNotRepeated) {
  start();
  look_at("2026-11-22T12:00:00Z");
  ASSERT_EQ(scheduler->begin(*due, now).value(), Claim::Ours);
  start();
  EXPECT_EQ(look().due.has_value(), false);

  look_at("2026-11-22T12:15:00Z");
  run();

  EXPECT_EQ(record().failures, 0);
}

TEST_F(SchedulerTest, TheSecondOfTwoInstancesIsTold) {
  start();
  Scheduler other = Scheduler::open(store.occurrences(), {quarterly()}, "seed", now).value();
  look_at("2026-11-22T12:00:00Z");
  const Look of_other = other.look(now).value();
  run();

  EXPECT_EQ(other.begin(*of_other.due, now).value(), Claim::Taken);
  EXPECT_EQ(other.look(now).value().due.has_value(), false);
}

TEST_F(SchedulerTest, APauseHoldsAndAResumeGoesOn) {
  start();
  ASSERT_THAT(store.occurrences().pause(instance_schedule(), now), IsOk());
  look_at("2026-11-22T12:00:00Z");
  EXPECT_EQ(due.has_value(), false);
  EXPECT_EQ(look().wake_at, at("2026-11-22T12:01:00Z"));

  ASSERT_THAT(store.occurrences().resume(instance_schedule(), now), IsOk());

  EXPECT_EQ(look().due.has_value(), true);
}

TEST_F(SchedulerTest, ANewScheduleWaitsForItsFirstOccurrence) {
  now = at("2026-11-22T12:07:00Z");
  start();
  EXPECT_EQ(look().due.has_value(), false);

  look_at("2026-11-22T12:15:00Z");
  EXPECT_EQ(due.has_value(), true);
}

TEST_F(SchedulerTest, FailuresGiveUpOccurrences) {
  start();
  int runs = 0;
  for (now = at("2026-11-22T12:00:00Z"); now < at("2026-11-22T18:00:00Z"); now += 1min) {
    due = look().due;
    if (!due) continue;
    ++runs;
    run(0s, 5);
  }

  EXPECT_EQ(runs, 8);  // 12:00 12:15 12:45 13:45 14:45 … 17:45
  EXPECT_EQ(record().failures, 8);
}

TEST(RunEnd, OfEachExitCodeIsAsTheReadmeSays) {
  for (const int done : {0, 3, 4, 7}) EXPECT_EQ(run_end_of(done), store::RunEnd::Succeeded);
  for (const int failed : {1, 2, 5, 139, -1}) EXPECT_EQ(run_end_of(failed), store::RunEnd::Failed);
  EXPECT_EQ(run_end_of(6), store::RunEnd::Neither);
}

}  // namespace
}  // namespace praxisync::schedule
