// Every allocation of a run fails, once or from there on, SQLite's own as well. The run may fail or
// die; nothing stays half done, and a restart comes right.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <exception>
#include <new>

#include "simulation/disk/branches.h"
#include "simulation/disk/memory_faults.h"
#include "simulation/disk/sweep.h"

namespace praxisync::testing_support {
namespace {

struct MemoryRow {
  const char* scenario;
  Lasting lasting;
  int slice;
};

/// What a branch does when its run has died. A handler takes no arguments.
std::function<void()>& after_death() {
  static std::function<void()> after;
  return after;
}

class MemoryFaultSweep : public testing::TestWithParam<MemoryRow> {};

TEST_P(MemoryFaultSweep, AnyAllocationMayFail) {
  const MemoryRow row = GetParam();
  const Scenario& played = scenario(row.scenario);
  const Calm calm = play_calm(played);
  std::vector<long> allocations;
  {
    Play counted(played);
    counted.before_run = [] { MemoryFaults::count(); };
    counted.after_run = [&](const sync::RunReport&) {
      MemoryFaults::heal();
      allocations.push_back(MemoryFaults::allocations());
    };
    counted.go_on();
  }

  Play play(played);
  Branches branches;
  const int step = stride(row.slice);
  std::string untruth;
  int runs_since = 0;
  play.before_run = [&] {
    if (branches.in_branch()) return;
    const std::size_t run = play.endings().size();
    for (long number = static_cast<long>(run) % step; number < allocations.at(run);
         number += step) {
      if (!branches.begin("run " + std::to_string(run) + ", allocation " + std::to_string(number)))
        continue;
      MemoryFaults::strike(number, row.lasting);
      return;
    }
  };
  const auto recover = [&] {
    MemoryFaults::heal();
    play.restart();
    play.after_run = {};
    play.go_on();
    branches.end(untruth + play.differs_from(calm.ended));
  };
  after_death() = [&] {
    play.disk().kill();
    recover();
  };
  const std::terminate_handler before = std::set_terminate([] {
    MemoryFaults::heal();
    after_death()();
  });
  play.after_run = [&](const sync::RunReport& report) {
    if (!branches.in_branch()) return;
    MemoryFaults::heal();
    if (runs_since++ == 0) untruth = untruth_of(report, play, calm);
  };
  try {
    play.go_on();
    if (branches.in_branch()) recover();
  } catch (const std::bad_alloc&) {
    recover();
  }
  std::set_terminate(before);
  after_death() = {};

  EXPECT_EQ(branches.wrong(), "");
  EXPECT_EQ(play.differs_from(calm.ended), "");
  EXPECT_GT(branches.begun(), 10);
  RecordProperty("allocations", branches.begun());
}

INSTANTIATE_TEST_SUITE_P(Allocations, MemoryFaultSweep,
                         testing::Values(MemoryRow{"OnePersonTwice", Lasting::Once, 499},
                                         MemoryRow{"OnePersonTwice", Lasting::ForEver, 499},
                                         MemoryRow{"RemindersAndCancellations", Lasting::Once, 499},
                                         MemoryRow{"RemindersAndCancellations", Lasting::ForEver,
                                                   997}),
                         [](const auto& row) {
                           return std::string(row.param.scenario) +
                                  (row.param.lasting == Lasting::Once ? "Once" : "ForEver");
                         });

}  // namespace
}  // namespace praxisync::testing_support
