// Applications that left their stage and came back to it.
#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST_F(StoreTest, ReturningAfterNothingWasSentQueuesAgain) {
  accept({listed("a-1", "mia@example.org")});
  accept({gone("a-1", "mia@example.org")});
  ASSERT_EQ(state("a-1"), State::Withdrawn);

  const PageCounts counts = accept({listed("a-1", "mia@example.org")});

  EXPECT_EQ(counts.queued, 1);
  EXPECT_EQ(state("a-1"), State::Queued);
  EXPECT_EQ(engagement("a-1").round, 1);
  EXPECT_THAT(store.engagements().queues().value(), SizeIs(1));
}

TEST_F(StoreTest, ReturningWithoutAnAddressBlocksUntilThereIsOne) {
  accept({listed("a-1", "mia@example.org")});
  accept({gone("a-1", "mia@example.org")});

  EXPECT_EQ(accept({listed("a-1", "")}).blocked, 1);
  EXPECT_EQ(state("a-1"), State::Blocked);
  EXPECT_THAT(store.engagements().queues().value(), IsEmpty());

  EXPECT_EQ(accept({listed("a-1", "mia@example.org")}).queued, 1);
  EXPECT_EQ(state("a-1"), State::Queued);
}

TEST_F(StoreTest, ReturningAfterACancellationIsANewRound) {
  accept({listed("a-1", "mia@example.org")});
  invite("a-1");
  accept({gone("a-1", "mia@example.org")});
  cancel("a-1");
  ASSERT_EQ(state("a-1"), State::Cancelled);

  accept({listed("a-1", "mia@example.org")});

  EXPECT_EQ(state("a-1"), State::Queued);
  EXPECT_EQ(engagement("a-1").round, 2);
  EXPECT_EQ(engagement("a-1").state, State::Queued);
  EXPECT_TRUE(engagement("a-1").token.empty());
}

TEST_F(StoreTest, ReturningAfterAnOutcomeChangesNothing) {
  accept({listed("a-1", "mia@example.org")});
  complete("a-1", true);
  const Finished finished = store.write_backs().unplanned(kGh, ScreeningKey{0}, 10).value().at(0);
  ASSERT_THAT(store.write_backs().plan(finished, {}, Reinvite::No, stamp()), IsOk());
  ASSERT_EQ(state("a-1"), State::WrittenBack);
  accept({gone("a-1", "mia@example.org")});

  const PageCounts counts = accept({listed("a-1", "mia@example.org")});

  EXPECT_EQ(counts.queued, 0);
  EXPECT_EQ(state("a-1"), State::WrittenBack);
  EXPECT_TRUE(story("a-1").in_stage);
  EXPECT_THAT(store.engagements().queues().value(), IsEmpty());
}

TEST_F(StoreTest, ReturningWhileInvitedChangesNothing) {
  accept({listed("a-1", "mia@example.org")});
  invite("a-1");
  accept({gone("a-1", "mia@example.org")});
  EXPECT_EQ(state("a-1"), State::Invited);
  EXPECT_FALSE(story("a-1").in_stage);

  accept({listed("a-1", "mia@example.org")});

  EXPECT_EQ(state("a-1"), State::Invited);
  EXPECT_TRUE(story("a-1").in_stage);
}

TEST_F(StoreTest, StayingAfterACancellationIsNotAReturn) {
  accept({listed("a-1", "mia@example.org")});
  invite("a-1");
  cancel("a-1");

  accept({listed("a-1", "mia@example.org")});

  EXPECT_EQ(state("a-1"), State::Cancelled) << "somebody cancelled it by hand";
}

TEST_F(StoreTest, ReturningWithABadAddressIsBlockedUntilItIsMended) {
  accept({listed("a-1", "")});
  accept({gone("a-1", "")});
  ASSERT_EQ(state("a-1"), State::Withdrawn);

  const PageCounts back = accept({listed("a-1", "")});
  EXPECT_EQ(back.blocked, 1);
  EXPECT_EQ(state("a-1"), State::Blocked);

  const PageCounts mended = accept({listed("a-1", "mia@example.org")});
  EXPECT_EQ(mended.queued, 1);
  EXPECT_EQ(state("a-1"), State::Queued);
}

TEST_F(StoreTest, ReturningToAPersonWhoWasInvitedMeanwhileJoinsThatInvitation) {
  accept({listed("a-1", "mia@example.org"), listed("a-2", "mia@example.org")});
  accept({gone("a-2", "mia@example.org")});
  ASSERT_EQ(state("a-2"), State::Withdrawn);
  invite("a-1");

  accept({listed("a-2", "mia@example.org")});

  EXPECT_EQ(state("a-2"), State::Invited);
  EXPECT_EQ(engagement("a-2").key, engagement("a-1").key);
}

TEST_F(StoreTest, ReturningToAPersonWhoPassedMeanwhileHasPassed) {
  accept({listed("a-1", "mia@example.org"), listed("a-2", "mia@example.org")});
  accept({gone("a-2", "mia@example.org")});
  complete("a-1", true);

  accept({listed("a-2", "mia@example.org")});

  EXPECT_EQ(state("a-2"), State::Passed);
}

TEST_F(StoreTest, ReturningToABlockedTargetIsQueuedWhenThatOpens) {
  accept({listed("a-1", "mia@example.org")});
  ASSERT_THAT(store.engagements().block_queue(kScreen, "target: archived", stamp()), IsOk());
  accept({gone("a-1", "mia@example.org")});
  ASSERT_EQ(state("a-1"), State::Withdrawn);

  accept({listed("a-1", "mia@example.org")});
  EXPECT_EQ(state("a-1"), State::Blocked);
  ASSERT_THAT(store.engagements().unblock(kScreen, stamp()), IsOk());

  EXPECT_EQ(state("a-1"), State::Queued);
  EXPECT_THAT(store.engagements().queues().value(), SizeIs(1));
}

}  // namespace
}  // namespace praxisync::store
