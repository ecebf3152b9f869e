#include "cli/progress.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "support/fake_clock.h"

namespace praxisync::cli {
namespace {

using testing_support::FakeClock;

constexpr Terminal kTerminal{.tty = true, .redraws = true, .width = 80};
const std::string kClear = "\r\x1b[K";

TEST(Progress, ShowsPhaseCountsRateAndTime) {
  FakeClock clock;
  std::ostringstream out;
  Progress progress(out, kTerminal, clock);

  progress.show("dispatch", 0, 25'000);
  clock.advance(std::chrono::seconds{10});
  progress.show("dispatch", 12'300, 25'000);

  EXPECT_EQ(out.str(), kClear + "dispatch  0/25,000  " + format_duration(Milliseconds{0}) + kClear +
                           "dispatch  12,300/25,000  1,230/s  10 s");
}

TEST(Progress, StartsARateAnewWithEachPhase) {
  FakeClock clock;
  std::ostringstream out;
  Progress progress(out, kTerminal, clock);
  progress.show("pull", 1000);
  clock.advance(std::chrono::seconds{100});
  progress.show("collect", 1000);
  out.str("");

  clock.advance(std::chrono::seconds{4});
  progress.show("collect", 1010);

  EXPECT_EQ(out.str(), kClear + "collect  1,010  2.5/s  1 min 44 s");
}

TEST(Progress, IsDrawnTenTimesASecondAtTheMost) {
  FakeClock clock;
  std::ostringstream out;
  Progress progress(out, kTerminal, clock);

  for (std::uint64_t i = 0; i < 1000; ++i) {
    progress.show("pull", i);
    clock.advance(Milliseconds{1});
  }

  const std::string written = out.str();
  EXPECT_EQ(std::ranges::count(written, '\r'), 10);
}

TEST(Progress, GoesOnWhenTheClockIsSetBack) {
  FakeClock clock;
  std::ostringstream out;
  Progress progress(out, kTerminal, clock);
  progress.show("pull", 1);
  out.str("");

  clock.advance(std::chrono::hours{-1});
  progress.show("pull", 2);

  EXPECT_EQ(out.str(), kClear + "pull  2  " + format_duration(Milliseconds{0}));
}

TEST(Progress, IsClearedOnce) {
  FakeClock clock;
  std::ostringstream out;
  Progress progress(out, kTerminal, clock);
  progress.show("pull", 1);
  out.str("");

  progress.clear();
  progress.clear();

  EXPECT_EQ(out.str(), kClear);
}

TEST(Progress, NeverWritesToAnythingButATerminal) {
  FakeClock clock;
  std::ostringstream out;
  Progress progress(out, Terminal{}, clock);

  progress.show("pull", 1);
  progress.clear();

  EXPECT_EQ(out.str(), "");
}

TEST(Progress, StaysOnOneLine) {
  FakeClock clock;
  std::ostringstream out;
  Progress progress(out, Terminal{.tty = true, .redraws = true, .width = 10}, clock);

  progress.show("write\nback", 1);

  EXPECT_EQ(out.str(), kClear + "write?ba…");
}

}  // namespace
}  // namespace praxisync::cli
