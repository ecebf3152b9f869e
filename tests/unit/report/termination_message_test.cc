#include "report/termination_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace praxisync::report {
namespace {

using nlohmann::json;
using testing::Each;
using testing::Eq;
using testing::Not;
using testing::SizeIs;

sync::RunReport throttled_run() {
  sync::RunReport report;
  report.run = RunKey{12};
  report.counts.invited = 3;
  report.backlog.waiting = 7;
  report.end(sync::Ending::Throttled);
  return report;
}

TEST(TerminationMessage, SaysHowTheRunEndedWithoutZeros) {
  sync::RunReport report = throttled_run();
  report.add({"invite to backend", ErrorKind::Throttled, "HTTP 429"});

  EXPECT_EQ(termination_message(report),
            R"({"exit_code":4,"reason":"throttled","run":12,"counts":{"invited":3},)"
            R"("backlog":{"waiting":7},"errors":[{"where":"invite to backend","what":"HTTP 429",)"
            R"("count":1}],"errors_not_listed":0})");
}

TEST(TerminationMessage, OfARunWithoutErrorsHasAnEmptyList) {
  EXPECT_THAT(json::parse(termination_message(throttled_run()))["errors"], SizeIs(0));
}

TEST(TerminationMessage, HasAsManyErrorsAsThereIsRoomForAndCountsTheRest) {
  for (const std::string& text : {std::string(2000, 'x'), std::string(2000, '"'),
                                  std::string("caf\xC3\xA9 "), std::string("\xff\n\x1b[2J")}) {
    sync::RunReport report = throttled_run();
    for (int i = 0; i < 150; ++i)
      report.add({"pull " + std::to_string(i) + text, ErrorKind::Fatal, text});

    const std::string message = termination_message(report);

    EXPECT_LE(message.size(), kMostOfATerminationMessage);
    EXPECT_THAT(message, Each(Not(Eq('\n'))));
    const json read = json::parse(message);
    EXPECT_GT(read["errors"].size(), 1u);
    EXPECT_EQ(read["errors"].size() + read["errors_not_listed"].get<std::size_t>(), 150u);
  }
}

TEST(TerminationMessage, OfARunThatCouldNotBeginSaysWhy) {
  EXPECT_EQ(termination_message(6, "another run holds the lease"),
            R"({"exit_code":6,"reason":"another run holds the lease"})");
}

}  // namespace
}  // namespace praxisync::report
