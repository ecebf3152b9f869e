#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

const std::vector<Listed> kThree{listed("a-1", "a@example.org"), listed("a-2", "b@example.org"),
                                 listed("a-3", "c@example.org")};

TEST_F(StoreTest, LeavingTheStageWithdrawsWhoWaitsInTheQueue) {
  accept({listed("a-1", "mia@example.org")});

  const PageCounts counts = accept({gone("a-1", "mia@example.org")});

  EXPECT_EQ(counts.withdrawn, 1);
  EXPECT_EQ(state("a-1"), State::Withdrawn);
  EXPECT_EQ(story("a-1").reason, "left the stage");
  EXPECT_EQ(story("a-1").stage, "Onsite");
  EXPECT_THAT(store.engagements().queues().value(), IsEmpty());
}

TEST_F(StoreTest, LeavingTheStageWithdrawsWhoIsBlocked) {
  accept({listed("a-1", "")});

  EXPECT_EQ(accept({gone("a-1", "")}).withdrawn, 1);
  EXPECT_EQ(state("a-1"), State::Withdrawn);
}

TEST_F(StoreTest, WhoComesBackBeforeAnythingWasWrittenIsQueuedAgain) {
  accept({listed("a-1", "a@example.org")});
  accept({gone("a-1", "a@example.org")});
  ASSERT_EQ(state("a-1"), State::Withdrawn);

  accept({listed("a-1", "a@example.org")});

  EXPECT_EQ(state("a-1"), State::Queued);
}

TEST_F(StoreTest, WholeListShowsWhoHasLeft) {
  accept(kThree, {.sweep = Sweep::Whole});

  const PageCounts counts = accept({kThree[0], kThree[2]}, {.sweep = Sweep::Whole});

  EXPECT_EQ(counts.withdrawn, 1);
  EXPECT_EQ(state("a-1"), State::Queued);
  EXPECT_EQ(state("a-2"), State::Withdrawn);
  EXPECT_EQ(state("a-3"), State::Queued);
}

TEST_F(StoreTest, WholeListKeepsTheInvitationOfWhoHasLeft) {
  accept(kThree, {.sweep = Sweep::Whole});
  invite("a-2");

  const PageCounts counts = accept({kThree[0], kThree[2]}, {.sweep = Sweep::Whole});

  EXPECT_EQ(counts.withdrawn, 0);
  EXPECT_EQ(state("a-2"), State::Invited);
  EXPECT_FALSE(story("a-2").in_stage);
}

TEST_F(StoreTest, SweepConcludesWithItsLastPageOnly) {
  accept(kThree, {.sweep = Sweep::Whole});

  EXPECT_EQ(accept({kThree[0]}, {.sweep = Sweep::Starts}).withdrawn, 0);
  EXPECT_EQ(accept({}, {.sweep = Sweep::Continues}).withdrawn, 0);
  EXPECT_EQ(state("a-2"), State::Queued);
  EXPECT_EQ(accept({kThree[2]}, {.sweep = Sweep::Ends}).withdrawn, 1);

  EXPECT_EQ(state("a-2"), State::Withdrawn);
  EXPECT_EQ(state("a-3"), State::Queued);
}

TEST_F(StoreTest, SweepThatBeganAgainForgetsTheFirstAttempt) {
  accept(kThree, {.sweep = Sweep::Whole});
  accept({kThree[0], kThree[1]}, {.sweep = Sweep::Starts});

  const PageCounts counts = accept({kThree[0], kThree[2]}, {.sweep = Sweep::Whole});

  EXPECT_EQ(counts.withdrawn, 1);
  EXPECT_EQ(state("a-2"), State::Withdrawn) << "seen in the attempt alone";
}

TEST_F(StoreTest, IncrementalPageSaysNothingOfOthers) {
  accept(kThree, {.sweep = Sweep::Whole});

  EXPECT_EQ(accept({kThree[0]}).withdrawn, 0);
  EXPECT_EQ(state("a-2"), State::Queued);
}

TEST_F(StoreTest, WhoCameBetweenTwoSweepsIsNotTakenForMissing) {
  accept({kThree[0]}, {.sweep = Sweep::Whole});
  accept({kThree[1]});

  EXPECT_EQ(accept({kThree[0], kThree[1]}, {.sweep = Sweep::Whole}).withdrawn, 0);
  EXPECT_EQ(accept({kThree[0]}, {.sweep = Sweep::Whole}).withdrawn, 1);
}

TEST_F(StoreTest, SweepTellsWhenTheSourceWasReadFromEndToEnd) {
  accept({kThree[0]}, {.sweep = Sweep::Starts});
  EXPECT_EQ(store.checkpoints().load(pull_stream(kGh)).value().full_at, std::nullopt);

  accept({kThree[1]}, {.sweep = Sweep::Ends});

  EXPECT_EQ(store.checkpoints().load(pull_stream(kGh)).value().full_at, kNow);
}

TEST_F(StoreTest, StageThatSuddenlyListsNobodyIsHeld) {
  accept(kThree, {.sweep = Sweep::Whole});

  const PageCounts counts = accept({}, {.sweep = Sweep::Whole});

  EXPECT_EQ(counts.withdrawn, 0);
  ASSERT_THAT(counts.held, SizeIs(1));
  EXPECT_EQ(counts.held[0].route, RouteName("backend"));
  EXPECT_EQ(counts.held[0].missing, 3);
  EXPECT_EQ(state("a-1"), State::Queued);
  EXPECT_TRUE(story("a-1").in_stage);
}

TEST_F(StoreTest, StageThatEmptiesBeforeItsFirstListingEndsIsHeldToo) {
  accept({kThree[0]}, {.sweep = Sweep::Starts});

  EXPECT_THAT(accept({}, {.sweep = Sweep::Whole}).held, SizeIs(1));

  EXPECT_EQ(store.engagements().count_unseen().value(), 1) << "and nobody of it is contacted";
}

TEST_F(StoreTest, RouteThatStaysHeldIsTheSameNewsOnce) {
  accept(kThree, {.sweep = Sweep::Whole});

  EXPECT_FALSE(accept({}, {.sweep = Sweep::Whole}).held.at(0).reported);
  EXPECT_TRUE(accept({}, {.sweep = Sweep::Whole}).held.at(0).reported);
  accept(kThree, {.sweep = Sweep::Whole});
  EXPECT_FALSE(accept({}, {.sweep = Sweep::Whole}).held.at(0).reported);
}

TEST_F(StoreTest, HeldRouteHoldsNoOther) {
  accept({listed("a-1", "a@example.org"), listed("b-1", "b@example.org", {to_grad()}),
          listed("b-2", "c@example.org", {to_grad()})},
         {.sweep = Sweep::Whole});

  const PageCounts counts =
      accept({listed("b-1", "b@example.org", {to_grad()})}, {.sweep = Sweep::Whole});

  ASSERT_THAT(counts.held, SizeIs(1));
  EXPECT_EQ(counts.held[0].route, RouteName("backend"));
  EXPECT_EQ(state("a-1"), State::Queued);
  EXPECT_EQ(state("b-2", "graduates"), State::Withdrawn);
}

TEST_F(StoreTest, EverybodySeenElsewhereIsNotHeld) {
  accept({listed("a-1", "a@example.org")}, {.sweep = Sweep::Whole});

  const PageCounts counts = accept({gone("a-1", "a@example.org")}, {.sweep = Sweep::Whole});

  EXPECT_EQ(counts.withdrawn, 1);
  EXPECT_THAT(counts.held, IsEmpty());
}

TEST_F(StoreTest, SweepOfOneConnectorSaysNothingOfAnother) {
  accept(kThree, {.sweep = Sweep::Whole});

  const PageCounts counts = accept({listed("x-1", "x@example.org")},
                                   {.sweep = Sweep::Whole, .connector = ConnectorName("lever")});

  EXPECT_EQ(counts.withdrawn, 0);
  EXPECT_THAT(counts.held, IsEmpty());
  EXPECT_EQ(state("a-1"), State::Queued);
}

TEST_F(StoreTest, FlawedSweepConcludesNothing) {
  accept(kThree, {.sweep = Sweep::Whole});

  accept({kThree[0]}, {.sweep = Sweep::Starts, .set_aside = {{"export.csv:3", "no email"}}});
  const PageCounts flawed = accept({kThree[2]}, {.sweep = Sweep::Ends});
  EXPECT_EQ(flawed.withdrawn, 0);
  EXPECT_THAT(flawed.held, IsEmpty());
  EXPECT_EQ(state("a-2"), State::Queued) << "the row set aside may be this one";

  EXPECT_EQ(accept({kThree[0], kThree[2]}, {.sweep = Sweep::Whole}).withdrawn, 1);
}

TEST_F(StoreTest, RecordSetAsideIsCountedOnce) {
  const Page page{.set_aside = {{"export.csv:3", "no email"}, {"export.csv:9", "no id"}}};

  EXPECT_EQ(accept({}, page).set_aside, 2);
  EXPECT_EQ(accept({}, page).set_aside, 0);
  EXPECT_EQ(accept({}, {.set_aside = {{"export.csv:3", "another reason"}}}).set_aside, 0);
  EXPECT_EQ(store.view().set_aside().value(), 2);
  EXPECT_EQ(raw("SELECT reason FROM set_aside WHERE record = 'export.csv:3'"), "another reason");
}

TEST_F(StoreTest, RecordSetAsideIsForgottenByTheSweepThatDoesNotMeetIt) {
  accept({}, {.sweep = Sweep::Whole,
              .set_aside = {{"export.csv:3", "no email"}, {"export.csv:9", "no id"}}});

  accept({}, {.sweep = Sweep::Starts, .set_aside = {{"export.csv:9", "no id"}}});
  EXPECT_EQ(store.view().set_aside().value(), 2) << "the sweep is not over";
  accept({}, {.sweep = Sweep::Ends});

  EXPECT_EQ(store.view().set_aside().value(), 1);
}

TEST_F(StoreTest, RecordSetAsideAgainAfterItWasMendedIsCountedAgain) {
  const Page flawed{.sweep = Sweep::Whole, .set_aside = {{"export.csv:3", "no email"}}};
  accept({}, flawed);
  accept({}, {.sweep = Sweep::Whole});

  EXPECT_EQ(accept({}, flawed).set_aside, 1);
}

TEST_F(StoreTest, WhoWasSeenElsewhereHasLeftWithoutAWholeList) {
  accept(kThree, {.sweep = Sweep::Whole});
  invite("a-2");

  const PageCounts counts =
      accept({}, {.left = {{ApplicationId("a-1"), "Onsite"}, {ApplicationId("a-2"), ""}}});

  EXPECT_EQ(counts.withdrawn, 1);
  EXPECT_EQ(state("a-1"), State::Withdrawn);
  EXPECT_EQ(story("a-1").stage, "Onsite");
  EXPECT_EQ(state("a-2"), State::Invited);
  EXPECT_FALSE(story("a-2").in_stage);
  EXPECT_EQ(story("a-2").stage, "Technical Test");
  EXPECT_EQ(story("a-2").email, "b@example.org");
  EXPECT_EQ(state("a-3"), State::Queued);
}

TEST_F(StoreTest, WhoWasSeenElsewhereAndWasNeverKnownIsNotRemembered) {
  accept({}, {.left = {{ApplicationId("a-9"), "Onsite"}}});

  EXPECT_EQ(raw("SELECT count(*) FROM application"), "0");
}

Listed in_stage(const std::string& id, const std::string& stage_id) {
  Listed person = listed(id, id + "@example.org");
  person.application.job_id = "job-1";
  person.application.stage_id = stage_id;
  return person;
}

TEST_F(StoreTest, WhoStandsInARenamedStageHasNotLeftAndThatIsToldOnce) {
  accept({in_stage("a-1", "s-1"), in_stage("a-2", "s-1")}, {.sweep = Sweep::Whole});
  const Page renamed{.left = {{ApplicationId("a-1"), "Coding Test", "job-1", "s-1"},
                              {ApplicationId("a-2"), "Coding Test", "job-1", "s-1"}}};

  const PageCounts first = accept({}, renamed);
  const PageCounts again = accept({}, renamed);

  EXPECT_EQ(state("a-1"), State::Queued);
  ASSERT_THAT(first.renamed, SizeIs(1));
  EXPECT_EQ(first.renamed[0].now, "Coding Test");
  EXPECT_EQ(first.renamed[0].people, 2);
  EXPECT_FALSE(first.renamed[0].reported);
  ASSERT_THAT(again.renamed, SizeIs(1));
  EXPECT_TRUE(again.renamed[0].reported);
}

TEST_F(StoreTest, WhoStandsInTheSameStageOfAnotherJobHasLeft) {
  accept({in_stage("a-1", "s-1")}, {.sweep = Sweep::Whole});

  accept({}, {.left = {{ApplicationId("a-1"), "Technical Test", "job-2", "s-1"}}});

  EXPECT_EQ(state("a-1"), State::Withdrawn);
}

TEST_F(StoreTest, ASweepSaysNothingOfStagesThatItDidNotList) {
  accept({in_stage("a-1", "s-1"), in_stage("a-2", "s-2"), in_stage("a-3", "s-2")},
         {.sweep = Sweep::Whole});

  const PageCounts counts =
      accept({in_stage("a-2", "s-2")}, {.sweep = Sweep::Whole, .swept_stages = {"s-2"}});

  EXPECT_EQ(state("a-1"), State::Queued);
  EXPECT_EQ(state("a-3"), State::Withdrawn);
  ASSERT_THAT(counts.renamed, SizeIs(1));
  EXPECT_EQ(counts.renamed[0].people, 1);
}

}  // namespace
}  // namespace praxisync::store
