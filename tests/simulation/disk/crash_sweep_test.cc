// Every door that a crash can come through: one before and one after each send and each commit.
// Wherever the process dies, the runs after it end as if nothing had happened.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulation/disk/branches.h"
#include "simulation/disk/sweep.h"

namespace praxisync::testing_support {
namespace {

struct TriedDoors {
  int doors = 0;
  std::string wrong;
};

/// Crashes at every `step`-th door of what is left of the play; each branch then does `then`.
TriedDoors crash_at_each_door(Play& play, int step, int at_once,
                              const std::function<std::string()>& then) {
  Branches branches(at_once);
  int door = -1;
  play.world().doors.watch = [&] {
    if (branches.in_branch() || ++door % step != 0 ||
        !branches.begin("crash at door " + std::to_string(door)))
      return;
    play.disk().kill();
    throw SimulatedCrash{};
  };
  try {
    play.go_on();
  } catch (const SimulatedCrash&) {
    play.restart();
    play.world().doors.watch = {};
    branches.end(then());
  }
  play.world().doors.watch = {};
  const std::string wrong = branches.wrong();
  return {branches.begun(), wrong};
}

class CrashSweep : public testing::TestWithParam<Scenario> {};

TEST_P(CrashSweep, AnyDoorEndsAsIfNothingHadHappened) {
  const Calm calm = play_calm(GetParam());
  Play play(GetParam());

  const TriedDoors tried = crash_at_each_door(play, 1, 2, [&] {
    play.go_on();
    return play.differs_from(calm.ended);
  });

  EXPECT_EQ(tried.wrong, "");
  EXPECT_EQ(play.differs_from(calm.ended), "");
  EXPECT_GT(tried.doors, 20);
  RecordProperty("doors", tried.doors);
}

INSTANTIATE_TEST_SUITE_P(Scenarios, CrashSweep, testing::ValuesIn(scenarios()),
                         [](const auto& row) { return row.param.name; });

class CrashPairs : public testing::TestWithParam<const char*> {};

TEST_P(CrashPairs, ACrashDuringTheRecoveryChangesNothing) {
  const Calm calm = play_calm(scenario(GetParam()));
  Play play(scenario(GetParam()));

  const TriedDoors tried = crash_at_each_door(play, stride(13), 2, [&] {
    return crash_at_each_door(play, stride(5), 1,
                              [&] {
                                play.go_on();
                                return play.differs_from(calm.ended);
                              })
        .wrong;
  });

  EXPECT_EQ(tried.wrong, "");
  EXPECT_GT(tried.doors, 2);
}

INSTANTIATE_TEST_SUITE_P(Small, CrashPairs,
                         testing::Values("OnePersonTwice", "LostBulkAnswer", "LostEnrollment",
                                         "LostWriteBack", "LeftAndCameBack"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace praxisync::testing_support
