#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

TEST_F(StoreTest, PageOfTenThousandIsAcceptedAndConcluded) {
  constexpr int kPeople = 10'000;
  std::vector<Listed> people;
  for (int i = 0; i < kPeople; ++i) {
    people.push_back(listed("a-" + std::to_string(i), "p" + std::to_string(i) + "@example.org"));
  }

  EXPECT_EQ(accept(people, {.sweep = Sweep::Whole}).queued, kPeople);
  EXPECT_EQ(store.engagements().queues().value().at(0).persons, kPeople);
  const PageCounts again = accept(people, {.sweep = Sweep::Whole});
  EXPECT_EQ(again.queued + again.blocked + again.withdrawn, 0);
  people.resize(kPeople / 2);
  EXPECT_EQ(accept(people, {.sweep = Sweep::Whole}).withdrawn, kPeople / 2);
  EXPECT_EQ(store.engagements().queues().value().at(0).persons, kPeople / 2);
}

}  // namespace
}  // namespace praxisync::store
