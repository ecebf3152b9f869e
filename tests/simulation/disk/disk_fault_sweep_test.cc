// Every call to the disk fails, once or from there on: no request leaves before its intent is
// durable (the gate looks), the run says what failed, and on a healthy disk the next one comes
// right.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulation/disk/branches.h"
#include "simulation/disk/sweep.h"

namespace praxisync::testing_support {
namespace {

struct FaultRow {
  const char* scenario;
  DiskFault fault;
  Lasting lasting;
  int slice;  ///< every how many-th call is tried
};

std::string name_of(const FaultRow& row) {
  std::string name = row.scenario;
  switch (row.fault) {
    case DiskFault::Full:
      name += "Full";
      break;
    case DiskFault::IoError:
      name += "IoError";
      break;
    case DiskFault::Busy:
      name += "Busy";
      break;
    case DiskFault::ShortRead:
      name += "ShortRead";
      break;
  }
  return name + (row.lasting == Lasting::Once ? "Once" : "ForEver");
}

class DiskFaultSweep : public testing::TestWithParam<FaultRow> {};

/// Goes on to the end with the fault; it is mended once a run has failed of it, or two have not.
std::string go_on_with_fault(Play& play, const Calm& calm) {
  std::string untruth;
  int runs = 0;
  play.after_run = [&](const sync::RunReport& report) {
    if (!play.disk().struck() || runs == 2) return;
    if (untruth.empty() && runs == 0) untruth = untruth_of(report, play, calm);
    if (++runs < 2 && report.ending != sync::Ending::Failed) return;
    runs = 2;
    play.disk().heal();
  };
  play.go_on();
  return untruth + play.differs_from(calm.ended);
}

TEST_P(DiskFaultSweep, AnyCallMayFail) {
  const FaultRow row = GetParam();
  const Calm calm = play_calm(scenario(row.scenario));
  Play play(scenario(row.scenario));
  Branches branches;
  const int step = stride(row.slice);
  int call = -1;
  std::string wrong;
  play.disk().watch = [&](DiskFault fault) {
    if (branches.in_branch() || fault != row.fault || ++call % step != 0) return;
    if (!branches.begin("call " + std::to_string(call))) return;
    play.disk().strike(row.fault, 0, row.lasting);
  };
  // What the branches go on with, and the calm play as well: there it does nothing.
  wrong = go_on_with_fault(play, calm);
  if (branches.in_branch()) branches.end(wrong);
  play.disk().watch = {};

  EXPECT_EQ(branches.wrong(), "");
  EXPECT_EQ(wrong, "");
  EXPECT_GT(branches.begun(), 20);
  EXPECT_GT(play.effects(), 0);
  RecordProperty("calls", branches.begun());
}

std::vector<FaultRow> rows() {
  std::vector<FaultRow> all;
  for (const char* scenario : {"OnePersonTwice", "RemindersAndCancellations"}) {
    for (const Lasting lasting : {Lasting::Once, Lasting::ForEver}) {
      all.push_back({scenario, DiskFault::Full, lasting, 7});
      all.push_back({scenario, DiskFault::IoError, lasting, 19});
      all.push_back({scenario, DiskFault::Busy, lasting, 7});
    }
  }
  all.push_back({"OnePersonTwice", DiskFault::ShortRead, Lasting::Once, 5});
  return all;
}

INSTANTIATE_TEST_SUITE_P(Calls, DiskFaultSweep, testing::ValuesIn(rows()),
                         [](const auto& row) { return name_of(row.param); });

}  // namespace
}  // namespace praxisync::testing_support
