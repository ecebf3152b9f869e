#include "cli/relative_time.h"

#include <gtest/gtest.h>

namespace praxisync::cli {
namespace {

constexpr Timestamp kNow{std::chrono::hours{500'000}};

TEST(RelativeTime, NamesTheLargestWholeUnit) {
  using namespace std::chrono_literals;
  EXPECT_EQ(relative_time(kNow - 3h - 59min, kNow), "3 h ago");
  EXPECT_EQ(relative_time(kNow + 24h * 6 + 5h, kNow), "in 6 d");
  EXPECT_EQ(relative_time(kNow - 90s, kNow), "1 min ago");
  EXPECT_EQ(relative_time(kNow + 59s, kNow), "in 59 s");
  EXPECT_EQ(relative_time(kNow - 24h * 800, kNow), "2 y ago");
}

TEST(RelativeTime, IsNowWithinASecond) {
  EXPECT_EQ(relative_time(kNow, kNow), "now");
  EXPECT_EQ(relative_time(kNow - Milliseconds{999}, kNow), "now");
}

}  // namespace
}  // namespace praxisync::cli
