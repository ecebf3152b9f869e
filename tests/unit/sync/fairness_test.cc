#include "sync/fairness.h"

#include <gmock/gmock.h>

#include <numeric>
#include <random>

namespace praxisync::sync {
namespace {

using testing::ElementsAre;

TEST(Allocate, GivesEverybodyWhatTheyWantWhereThereIsEnough) {
  EXPECT_THAT(allocate({{.wanted = 5}, {.wanted = 7, .priority = 3}}, 12), ElementsAre(5, 7));
  EXPECT_THAT(allocate({{.wanted = 5}, {.wanted = 7}}, 500), ElementsAre(5, 7));
}

TEST(Allocate, TheHigherPriorityGoesFirst) {
  EXPECT_THAT(allocate({{.wanted = 50}, {.wanted = 30, .priority = 1}}, 40), ElementsAre(10, 30));
}

TEST(Allocate, EqualsGetTheSame) {
  EXPECT_THAT(allocate({{.wanted = 50}, {.wanted = 5}, {.wanted = 50}}, 45),
              ElementsAre(20, 5, 20));
}

TEST(Allocate, AShareIsKeptForALowPriority) {
  EXPECT_THAT(allocate({{.wanted = 100, .priority = 9}, {.wanted = 100, .share = 20}}, 50),
              ElementsAre(40, 10));
}

TEST(Allocate, AShareThatIsNotWantedGoesToOthers) {
  EXPECT_THAT(allocate({{.wanted = 100}, {.wanted = 3, .share = 50}}, 50), ElementsAre(47, 3));
}

TEST(Allocate, WhoIsStarvingComesBeforeAnyPriority) {
  EXPECT_THAT(allocate({{.wanted = 100, .priority = 9}, {.wanted = 100, .starving = 8}}, 20),
              ElementsAre(12, 8));
}

TEST(Allocate, NothingToGiveGivesNothing) {
  EXPECT_THAT(allocate({{.wanted = 4, .starving = 4, .share = 100}}, 0), ElementsAre(0));
  EXPECT_THAT(allocate({{.wanted = 4}}, -3), ElementsAre(0));
}

TEST(Allocate, NeverGivesTooMuchNorLeavesAnythingThatIsWanted) {
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    std::vector<Demand> demands(1 + random() % 6);
    int left_of_shares = 100, wanted = 0;
    for (Demand& demand : demands) {
      demand.wanted = static_cast<int>(random() % 40);
      demand.starving = static_cast<int>(random() % 20);
      demand.priority = static_cast<int>(random() % 3);
      demand.share = static_cast<int>(random() % static_cast<unsigned>(left_of_shares + 1));
      left_of_shares -= demand.share;
      wanted += demand.wanted;
    }
    const int available = static_cast<int>(random() % 120);

    const std::vector<int> granted = allocate(demands, available);

    ASSERT_EQ(std::accumulate(granted.begin(), granted.end(), 0), std::min(available, wanted));
    for (std::size_t i = 0; i < demands.size(); ++i) {
      ASSERT_LE(granted[i], demands[i].wanted);
      ASSERT_GE(granted[i], std::min(demands[i].wanted, available * demands[i].share / 100));
    }
  }
}

TEST(ByPriority, KeepsTheOrderOfEquals) {
  EXPECT_THAT(by_priority({{.priority = 0}, {.priority = 2}, {.priority = 0}, {.priority = 5}}),
              ElementsAre(3, 1, 0, 2));
}

}  // namespace
}  // namespace praxisync::sync
