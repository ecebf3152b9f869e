// What operations look at: metrics, logs, pings and messages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(MetricsFile, HoldsWhatAllRunsDidAndIsForEverybodyToRead) {
  Workplace place;
  place.exports(crowd("ada", 3));
  EXPECT_THAT(place.run({"sync", "--metrics-file", "praxisync.prom"}), ExitsWith(0));
  place.exports(crowd("ada", 5));
  place.advance(std::chrono::hours{1});

  EXPECT_THAT(place.run({"sync", "--metrics-file", "praxisync.prom"}), ExitsWith(0));

  EXPECT_THAT(place.folder.read("praxisync.prom"),
              AllOf(HasSubstr("praxisync_invitations_total 5\n"),
                    HasSubstr("praxisync_runs_total{reason=\"done\"} 2\n"),
                    HasSubstr("praxisync_backlog_screenings{state=\"waiting\"} 5\n"),
                    Not(HasSubstr("@")), Not(HasSubstr(place.key))));
  EXPECT_EQ(std::filesystem::status(place.folder / "praxisync.prom").permissions(),
            std::filesystem::perms{0644});
}

TEST(MetricsFile, OfAFailedRunCountsItAndKeepsTheLastSuccess) {
  const auto last_success = [](const std::string& text) {
    const auto at = text.find("\npraxisync_last_success_timestamp_seconds ");
    return at == std::string::npos ? "" : text.substr(at, text.find('\n', at + 1) - at);
  };
  Workplace place;
  place.exports(crowd("ada", 3));
  EXPECT_THAT(place.run({"sync", "--metrics-file", "praxisync.prom"}), ExitsWith(0));
  const std::string success = last_success(place.folder.read("praxisync.prom"));
  EXPECT_NE(success, "");
  place.key = "ct_live_that_nobody_knows";

  EXPECT_THAT(place.run({"sync", "--metrics-file", "praxisync.prom"}), ExitsWith(5));

  const std::string text = place.folder.read("praxisync.prom");
  EXPECT_EQ(last_success(text), success);
  EXPECT_THAT(text, AllOf(HasSubstr("praxisync_runs_total{reason=\"unauthorized\"} 1\n"),
                          HasSubstr("praxisync_last_run_exit_code 5\n"),
                          HasSubstr("praxisync_errors_total{kind=\"unauthorized\"} 1\n")));
}

TEST(MetricsFile, ThatCannotBeWrittenIsAWarning) {
  Workplace place;

  const Ended ended = place.run({"sync", "--metrics-file", "no/such/folder/praxisync.prom"});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.err, HasSubstr("--metrics-file: no/such/folder/praxisync.prom "
                                   "cannot be written: No such file or directory"));
}

}  // namespace
}  // namespace praxisync::testing_support
