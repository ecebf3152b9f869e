#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class QueueTest : public StoreTest {
 protected:
  std::vector<std::string> emails(const Queue& queue, EngagementKey after = {}, int limit = 100) {
    std::vector<std::string> found;
    const std::vector<Engagement> people = store.engagements().queued(queue, after, limit).value();
    for (const Engagement& person : people) found.push_back(person.email);
    return found;
  }
  const Queue screen{kScreen, SendEmail::Yes};
  const Queue again{kScreen, SendEmail::Yes, Rounds::Later};
};

TEST_F(QueueTest, CountsPersonsByTargetAndKindOfMail) {
  Candidacy quiet = to_screen("quiet");
  quiet.send_email = SendEmail::No;
  accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org"),
          listed("a-3", "b@example.org"), listed("a-4", "c@example.org", {quiet}),
          listed("a-5", "a@example.org", {to_grad()})});

  const std::vector<Queue> queues = store.engagements().queues().value();

  ASSERT_THAT(queues, SizeIs(3));
  EXPECT_EQ(queues[0].target, kScreen);
  EXPECT_EQ(queues[0].send_email, SendEmail::No);
  EXPECT_EQ(queues[0].persons, 1);
  EXPECT_EQ(queues[1].target, kScreen);
  EXPECT_EQ(queues[1].send_email, SendEmail::Yes);
  EXPECT_EQ(queues[1].persons, 2);
  EXPECT_EQ(queues[2].target, kGrad);
  EXPECT_EQ(queues[2].persons, 1);
}

TEST_F(QueueTest, IsServedInTheOrderInWhichPeopleCame) {
  accept({listed("a-9", "first@example.org"), listed("a-1", "second@example.org")});
  accept({listed("a-5", "third@example.org")});

  EXPECT_THAT(emails(screen),
              ElementsAre("first@example.org", "second@example.org", "third@example.org"));
}

TEST_F(QueueTest, IsReadPageByPage) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org"),
          listed("a-3", "c@example.org")});

  EXPECT_THAT(emails(screen, {}, 2), ElementsAre("a@example.org", "b@example.org"));
  EXPECT_THAT(emails(screen, engagement("a-2").key, 2), ElementsAre("c@example.org"));
}

TEST_F(QueueTest, HoldsNobodyWhoHasLeft) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org")});
  accept({gone("a-1", "a@example.org")});

  EXPECT_THAT(emails(screen), ElementsAre("b@example.org"));
}

TEST_F(QueueTest, HoldsWhoLeftWithOneOfTwoApplications) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "a@example.org")});
  accept({gone("a-1", "a@example.org")});

  EXPECT_THAT(emails(screen), ElementsAre("a@example.org"));
}

TEST_F(QueueTest, HoldsNobodyWhoWasSent) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org")});
  invite("a-1");

  EXPECT_THAT(emails(screen), ElementsAre("b@example.org"));
}

TEST_F(QueueTest, TellsLaterRoundsApart) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org")});
  invite("a-1");
  accept({gone("a-1", "a@example.org")});
  cancel("a-1");
  accept({listed("a-1", "a@example.org")});

  EXPECT_THAT(emails(screen), ElementsAre("b@example.org"));
  EXPECT_THAT(emails(again), ElementsAre("a@example.org"));
}

TEST_F(QueueTest, CountsLaterRoundsAsAQueueOfTheirOwn) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org")});
  invite("a-1");
  accept({gone("a-1", "a@example.org")});
  cancel("a-1");
  accept({listed("a-1", "a@example.org")});

  const std::vector<Queue> queues = store.engagements().queues().value();

  ASSERT_THAT(queues, SizeIs(2));
  EXPECT_EQ(queues[0].rounds, Rounds::First);
  EXPECT_EQ(queues[0].persons, 1);
  EXPECT_EQ(queues[1].rounds, Rounds::Later);
  EXPECT_EQ(queues[1].persons, 1);
}

TEST_F(QueueTest, ACallThatWasRefusedDoesNotBeginTheWaitAnew) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "b@example.org")});
  settle(IntentKind::BulkInvite,
         Settlement{.engagement = engagement("a-1").key, .answer = Answer::Requeued}, 48h);

  EXPECT_EQ(store.engagements().queues(kNow - 1ms).value().front().starving, 0);
  EXPECT_EQ(store.engagements().queues(kNow).value().front().starving, 2);
}

TEST_F(QueueTest, WhoWasBlockedWaitsAnew) {
  accept({listed("a-1", "a@example.org")});
  store.engagements().block_queue(kScreen, "target: archived", stamp(1h)).value();
  store.engagements().unblock(kScreen, stamp(2h)).value();

  EXPECT_EQ(store.engagements().queues(kNow + 1h).value().front().starving, 0);
  EXPECT_EQ(store.engagements().queues(kNow + 2h).value().front().starving, 1);
}

TEST_F(QueueTest, IsBlockedForItsTargetAndOpenedAgain) {
  accept({listed("a-1", "a@example.org"), listed("a-2", "a@example.org"),
          listed("b-1", "b@example.org", {to_grad()})});

  EXPECT_EQ(
      store.engagements().block_queue(kScreen, "target: archived", stamp()).value().screenings, 2);
  EXPECT_EQ(state("a-1"), State::Blocked);
  EXPECT_EQ(story("a-2").reason, "target: archived");
  EXPECT_EQ(state("b-1", "graduates"), State::Queued);
  EXPECT_THAT(store.engagements().blocked_targets().value(), ElementsAre(kScreen));
  EXPECT_THAT(emails(screen), IsEmpty());

  EXPECT_EQ(store.engagements().unblock(kScreen, stamp()).value(), 2);
  EXPECT_EQ(state("a-1"), State::Queued);
  EXPECT_THAT(store.engagements().blocked_targets().value(), IsEmpty());
  EXPECT_THAT(emails(screen), ElementsAre("a@example.org"));
}

TEST_F(QueueTest, OpenedAgainLeavesThoseBlockedForThemselves) {
  accept({listed("a-1", "a@example.org")});
  settle(IntentKind::BulkInvite, Settlement{.engagement = engagement("a-1").key,
                                            .answer = Answer::Blocked,
                                            .reason = "the address bounces"});

  EXPECT_EQ(store.engagements().unblock(kScreen, stamp()).value(), 0);
  EXPECT_EQ(state("a-1"), State::Blocked);
  EXPECT_THAT(store.engagements().blocked_targets().value(), IsEmpty());
}

}  // namespace
}  // namespace praxisync::store
