#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_F(StoreTest, PageQueuesWhoeverARouteTakes) {
  const PageCounts counts = accept({listed("a-1", "Mia@Example.org")}, {.next = "page-2"});

  EXPECT_EQ(counts.queued, 1);
  const Story mia = story("a-1");
  EXPECT_EQ(mia.state, State::Queued);
  EXPECT_TRUE(mia.in_stage);
  ASSERT_TRUE(mia.engagement.has_value());
  EXPECT_EQ(mia.engagement->email, "Mia@Example.org") << "as its owner spelt it";
  EXPECT_EQ(mia.engagement->target, kScreen);
  EXPECT_EQ(mia.engagement->role, "Backend Engineer");
  EXPECT_EQ(mia.engagement->send_email, SendEmail::Yes);
  EXPECT_EQ(mia.engagement->round, 1);
  EXPECT_FALSE(mia.engagement->attempted);
}

TEST_F(StoreTest, PageMovesTheCursor) {
  accept({listed("a-1", "mia@example.org")}, {.next = "page-2"});

  const Checkpoint checkpoint = store.checkpoints().load(pull_stream(kGh)).value();
  EXPECT_EQ(checkpoint.cursor, Cursor("page-2"));
  EXPECT_EQ(checkpoint.fingerprint, "routes-1");
  EXPECT_EQ(checkpoint.updated_at, kNow);
}

TEST_F(StoreTest, EmptyPageMovesTheCursorToo) {
  accept({}, {.next = "page-9"});

  EXPECT_EQ(store.checkpoints().load(pull_stream(kGh)).value().cursor, Cursor("page-9"));
}

TEST_F(StoreTest, SamePageTwiceChangesNothing) {
  const std::vector<Listed> people{listed("a-1", "mia@example.org"), listed("a-2", "nobody"),
                                   listed("a-3", "noa@example.org", {to_screen(), to_grad()})};
  const Page page{.sweep = Sweep::Incremental, .set_aside = {{"export.csv:7", "no email"}}};
  const PageCounts first = accept(people, page);
  const std::string rows =
      "SELECT (SELECT count(*) FROM history) || '/' || (SELECT count(*) FROM "
      "screening) || '/' || (SELECT count(*) FROM engagement)";
  const std::string before = raw(rows);

  const PageCounts second = accept(people, page);

  EXPECT_EQ(first.queued, 3);
  EXPECT_EQ(first.blocked, 1);
  EXPECT_EQ(first.set_aside, 1);
  EXPECT_EQ(second.queued + second.blocked + second.withdrawn + second.set_aside, 0);
  EXPECT_EQ(raw(rows), before);
}

TEST_F(StoreTest, StrangerWhomNoRouteTakesIsNotStored) {
  accept({gone("a-1", "mia@example.org")});

  EXPECT_EQ(raw("SELECT count(*) FROM application"), "0");
  EXPECT_THAT(store.view().explain("a-1").value(), IsEmpty());
}

TEST_F(StoreTest, ApplicationIsKeptUpToDate) {
  accept({listed("a-1", "mia@example.org")});
  Listed renamed = listed("a-1", "mia@example.org");
  renamed.application.name = "Mia Weber-Sand";
  renamed.application.job = "Staff Engineer";
  renamed.application.candidate = CandidateId("merged");
  renamed.candidacies[0].role = "Staff Engineer";
  renamed.candidacies[0].send_email = SendEmail::No;

  accept({renamed});

  const Story mia = story("a-1");
  EXPECT_EQ(mia.name, "Mia Weber-Sand");
  EXPECT_EQ(mia.job, "Staff Engineer");
  EXPECT_EQ(mia.candidate, CandidateId("merged"));
  EXPECT_EQ(mia.engagement->name, "Mia Weber-Sand") << "nothing was sent yet";
  EXPECT_EQ(mia.engagement->role, "Staff Engineer");
  EXPECT_EQ(mia.engagement->send_email, SendEmail::No);
}

TEST_F(StoreTest, SameIdInAnotherConnectorIsAnotherApplication) {
  accept({listed("a-1", "mia@example.org")});
  accept({listed("a-1", "noa@example.org")}, {.connector = ConnectorName("lever")});

  EXPECT_THAT(store.view().explain("a-1").value(), SizeIs(2));
  EXPECT_EQ(raw("SELECT count(*) FROM engagement"), "2");
}

TEST_F(StoreTest, ApplicationUnderTwoRoutesIsTwoScreenings) {
  const PageCounts counts = accept({listed("a-1", "mia@example.org", {to_screen(), to_grad()})});

  EXPECT_EQ(counts.queued, 2);
  EXPECT_EQ(engagement("a-1", "backend").target, kScreen);
  EXPECT_EQ(engagement("a-1", "graduates").target, kGrad);
}

TEST_F(StoreTest, PersonWithTwoApplicationsIsContactedOnce) {
  accept({listed("a-1", "mia@example.org"), listed("a-2", " MIA@example.ORG ")});
  EXPECT_EQ(engagement("a-1").key, engagement("a-2").key);
  const std::vector<Queue> queues = store.engagements().queues().value();
  ASSERT_THAT(queues, SizeIs(1));
  EXPECT_EQ(queues[0].persons, 1);

  invite("a-1");

  EXPECT_EQ(state("a-1"), State::Invited);
  EXPECT_EQ(state("a-2"), State::Invited);
}

TEST_F(StoreTest, SecondApplicationOfSomebodyInvitedStandsWhereTheFirstDoes) {
  accept({listed("a-1", "mia@example.org")});
  invite("a-1");

  accept({listed("a-2", "mia@example.org")});

  EXPECT_EQ(state("a-2"), State::Invited);
  EXPECT_THAT(store.engagements().queues().value(), IsEmpty());
}

TEST_F(StoreTest, SecondApplicationOfSomebodyWhoPassedHasPassedAtOnce) {
  accept({listed("a-1", "mia@example.org")});
  complete("a-1", true);

  accept({listed("a-2", "mia@example.org")});

  EXPECT_EQ(state("a-2"), State::Passed);
  EXPECT_EQ(engagement("a-2").outcome->score_percentage, 80);
}

TEST_F(StoreTest, BadAddressIsBlockedOnceWithItsReason) {
  const PageCounts first = accept({listed("a-1", "")});
  const PageCounts second = accept({listed("a-1", "")});

  EXPECT_EQ(first.blocked, 1);
  EXPECT_EQ(first.queued, 0);
  EXPECT_EQ(second.blocked, 0);
  EXPECT_EQ(state("a-1"), State::Blocked);
  EXPECT_EQ(story("a-1").reason, "email: missing");
}

TEST_F(StoreTest, MendedAddressIsQueued) {
  accept({listed("a-1", "mia@@example.org")});

  const PageCounts counts = accept({listed("a-1", "mia@example.org")});

  EXPECT_EQ(counts.queued, 1);
  EXPECT_EQ(state("a-1"), State::Queued);
  EXPECT_EQ(engagement("a-1").email, "mia@example.org");
}

TEST_F(StoreTest, AddressChangedInTheQueueIsTheOneThatCounts) {
  accept({listed("a-1", "old@example.org")});
  const EngagementKey old = engagement("a-1").key;

  accept({listed("a-1", "new@example.org")});

  EXPECT_NE(engagement("a-1").key, old);
  EXPECT_EQ(engagement("a-1").email, "new@example.org");
  const std::vector<Queue> queues = store.engagements().queues().value();
  ASSERT_THAT(queues, SizeIs(1));
  EXPECT_EQ(queues[0].persons, 1) << "nobody waits for the old address";
}

TEST_F(StoreTest, AddressSpeltAnewInTheQueueKeepsItsEngagement) {
  accept({listed("a-1", "mia@example.org")});
  const EngagementKey key = engagement("a-1").key;

  accept({listed("a-1", "Mia@Example.org")});

  EXPECT_EQ(engagement("a-1").key, key);
  EXPECT_EQ(engagement("a-1").email, "Mia@Example.org");
}

TEST_F(StoreTest, AddressTakenAwayInTheQueueIsNotWrittenTo) {
  accept({listed("a-1", "mia@example.org")});

  const PageCounts counts = accept({listed("a-1", "")});

  EXPECT_EQ(counts.blocked, 1);
  EXPECT_EQ(state("a-1"), State::Blocked);
  EXPECT_EQ(story("a-1").reason, "email: missing");
  EXPECT_THAT(store.engagements().queues().value(), IsEmpty());
  accept({listed("a-1", "mia@example.org")});
  EXPECT_EQ(state("a-1"), State::Queued);
}

TEST_F(StoreTest, AddressChangedAfterAnAttemptIsNotTheOneThatCounts) {
  accept({listed("a-1", "old@example.org")});
  settle(IntentKind::BulkInvite,
         Settlement{.engagement = engagement("a-1").key, .answer = Answer::Requeued});

  accept({listed("a-1", "new@example.org")});

  EXPECT_EQ(state("a-1"), State::Queued);
  EXPECT_EQ(engagement("a-1").email, "old@example.org") << "the call may have reached it";
}

TEST_F(StoreTest, AddressChangedAfterTheInvitationIsNotInvitedAgain) {
  accept({listed("a-1", "old@example.org")});
  invite("a-1");

  const PageCounts counts = accept({listed("a-1", "new@example.org")});

  EXPECT_EQ(counts.queued, 0);
  EXPECT_EQ(state("a-1"), State::Invited);
  EXPECT_EQ(engagement("a-1").email, "old@example.org");
  EXPECT_THAT(store.engagements().queues().value(), IsEmpty());
}

TEST_F(StoreTest, NewRouteTakesSomebodyKnown) {
  accept({listed("a-1", "mia@example.org")});
  invite("a-1");

  const PageCounts counts = accept({listed("a-1", "mia@example.org", {to_screen(), to_grad()})});

  EXPECT_EQ(counts.queued, 1);
  EXPECT_EQ(state("a-1", "graduates"), State::Queued);
  EXPECT_EQ(state("a-1", "backend"), State::Invited);
}

TEST_F(StoreTest, EveryChangeIsInTheHistoryWithItsRun) {
  accept({listed("a-1", "mia@example.org")});
  invite("a-1", 5min);

  std::vector<std::string> steps;
  for (const HistoryEntry& entry : story("a-1").history) {
    EXPECT_EQ(entry.run, run);
    steps.push_back(entry.from + ">" + entry.to);
  }
  EXPECT_THAT(steps, ElementsAre(">queued", "queued>dispatching", "dispatching>invited"));
  EXPECT_EQ(story("a-1").history.back().at, kNow + 5min);
}

TEST_F(StoreTest, WhomTheAtsHoldsIsBlockedUntilItLetsGo) {
  Listed held = listed("a-1", "mia@example.org");
  held.application.hold = "no consent to be contacted";

  EXPECT_EQ(accept({held}).blocked, 1);
  EXPECT_EQ(story("a-1").reason, "no consent to be contacted");
  EXPECT_THAT(store.engagements().queues().value(), testing::IsEmpty());

  EXPECT_EQ(accept({listed("a-1", "mia@example.org")}).queued, 1);
  EXPECT_EQ(state("a-1"), State::Queued);
}

TEST_F(StoreTest, WhoIsHeldWhileWaitingIsNotContacted) {
  accept({listed("a-1", "mia@example.org")});
  Listed held = listed("a-1", "mia@example.org");
  held.application.hold = "the candidate is private";

  EXPECT_EQ(accept({held}).blocked, 1);
  EXPECT_EQ(state("a-1"), State::Blocked);
}

}  // namespace
}  // namespace praxisync::store
