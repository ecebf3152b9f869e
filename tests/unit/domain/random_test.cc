#include "domain/random.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace praxisync {
namespace {

/// Gives the numbers that it was given.
class Numbers final : public Random {
 public:
  explicit Numbers(std::vector<std::uint64_t> numbers) : numbers_(std::move(numbers)) {}
  std::uint64_t next() override { return numbers_.at(used_++); }
  std::size_t used() const { return used_; }

 private:
  std::vector<std::uint64_t> numbers_;
  std::size_t used_ = 0;
};

TEST(SeededRandom, GivesTheSameNumbersOnEveryMachine) {
  // From an implementation in another language of the published algorithm.
  SeededRandom zero(0);
  for (const std::uint64_t want :
       {0x99ec5f36cb75f2b4U, 0xbf6e1f784956452aU, 0x1a5f849d4933e6e0U, 0x6aa594f1262d2d2cU}) {
    EXPECT_EQ(zero.next(), want);
  }
  SeededRandom other(42);
  for (const std::uint64_t want :
       {0x15780b2e0c2ec716U, 0x6104d9866d113a7eU, 0xae17533239e499a1U, 0xecb8ad4703b360a1U}) {
    EXPECT_EQ(other.next(), want);
  }
}

TEST(SeededRandom, DiffersFromSeedToSeed) {
  EXPECT_NE(SeededRandom(1).next(), SeededRandom(2).next());
}

TEST(Below, StaysUnderItsBound) {
  SeededRandom random(7);
  for (const std::uint64_t bound : {1ULL, 2ULL, 3ULL, 10ULL, 1000ULL, 1ULL << 63, ~0ULL}) {
    for (int i = 0; i < 200; ++i) EXPECT_LT(random.below(bound), bound);
  }
  EXPECT_EQ(random.below(0), 0U);
}

TEST(Below, IsEven) {
  SeededRandom random(11);
  std::array<int, 10> hits{};
  for (int i = 0; i < 20'000; ++i) ++hits[random.below(hits.size())];

  // Five standard deviations (of 42) around 2000.
  for (const int count : hits) EXPECT_NEAR(count, 2000, 210);
}

TEST(Below, DrawsAgainWhereSmallNumbersWouldBeFavoured) {
  // 2^64 is one more than a multiple of 3: only the last number is one too many.
  Numbers last({UINT64_MAX, 5});
  EXPECT_EQ(last.below(3), 2U);
  EXPECT_EQ(last.used(), 2U);

  Numbers before({UINT64_MAX - 1});
  EXPECT_EQ(before.below(3), 2U);
}

TEST(Below, NeverDrawsAgainForAPowerOfTwo) {
  Numbers numbers({UINT64_MAX});
  EXPECT_EQ(numbers.below(1024), 1023U);
  EXPECT_EQ(numbers.used(), 1U);
}

TEST(Unit, IsFromZeroToJustUnderOne) {
  EXPECT_EQ(Numbers({0}).unit(), 0.0);
  EXPECT_LT(Numbers({UINT64_MAX}).unit(), 1.0);
  EXPECT_GT(Numbers({UINT64_MAX}).unit(), 0.999'999);
  EXPECT_EQ(Numbers({1ULL << 63}).unit(), 0.5);
}

}  // namespace
}  // namespace praxisync
