#include "http/backoff.h"

#include <gtest/gtest.h>

#include <climits>

namespace praxisync::http {
namespace {

using std::chrono::seconds;

constexpr double kAlmostOne = 0.999'999;
const BackoffPolicy kPolicy{
    .base = Milliseconds{500}, .cap = seconds{20}, .floor = Milliseconds{100}};

TEST(Backoff, IsTheFloorWithoutJitter) {
  for (int attempt = 1; attempt < 50; ++attempt) {
    EXPECT_EQ(backoff(kPolicy, attempt, 0, std::nullopt), Milliseconds{100});
  }
}

TEST(Backoff, DoublesItsCeilingUpToTheCap) {
  const std::vector<int> ceilings{500, 1000, 2000, 4000, 8000, 16000, 20000, 20000};
  for (int attempt = 1; attempt <= 8; ++attempt) {
    const Milliseconds ceiling{ceilings[static_cast<std::size_t>(attempt) - 1]};

    const Milliseconds wait = backoff(kPolicy, attempt, kAlmostOne, std::nullopt);

    EXPECT_LE(wait, ceiling) << attempt;
    EXPECT_GE(wait, ceiling - Milliseconds{2}) << attempt;
  }
}

TEST(Backoff, DoesNotOverflow) {
  EXPECT_LE(backoff(kPolicy, INT_MAX, kAlmostOne, std::nullopt), seconds{20});
  EXPECT_EQ(backoff(kPolicy, 0, 0, std::nullopt), Milliseconds{100});
  EXPECT_EQ(backoff(kPolicy, -3, 0.5, std::nullopt), Milliseconds{300});
}

TEST(Backoff, SpreadsEvenly) {
  EXPECT_EQ(backoff(kPolicy, 1, 0.5, std::nullopt), Milliseconds{300});
  EXPECT_EQ(backoff(kPolicy, 2, 0.25, std::nullopt), Milliseconds{325});
}

TEST(Backoff, ObeysThePeerWhereItAsksForMore) {
  EXPECT_EQ(backoff(kPolicy, 1, 0, seconds{17}), seconds{17});
  EXPECT_EQ(backoff(kPolicy, 1, 0.5, seconds{17}), Milliseconds{17'250});
  EXPECT_EQ(backoff(kPolicy, 1, 0.5, Milliseconds{1}), Milliseconds{300});
}

}  // namespace
}  // namespace praxisync::http
