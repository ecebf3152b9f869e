// The whole job, from a stage to the outcome written back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

class Job : public testing::Test {
 protected:
  void fill(World& world) {
    world.person("ada", "Backend Engineer");
    world.person("bob", "Backend Engineer");
    world.person("cyd", "Data Analyst");
    world.person("dee", "Graduate Program");
    world.person("eve", "Backend Engineer", "Phone Screen");
    world.person("fay", "Gardener");
  }
};

TEST_F(Job, InvitesAndEnrollsWhoIsInARoutedStageAndNobodyElse) {
  World world;
  fill(world);

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.ending, sync::Ending::Done);
  EXPECT_EQ(report.counts.pulled, 6);
  EXPECT_EQ(report.counts.invited, 3);
  EXPECT_EQ(report.counts.enrolled, 1);
  EXPECT_EQ(report.backlog.waiting, 4);
  EXPECT_THAT(world.invitations(), testing::UnorderedElementsAre(Pair("ada@example.com|backend", 1),
                                                                 Pair("bob@example.com|backend", 1),
                                                                 Pair("cyd@example.com|data", 1),
                                                                 Pair("dee@example.com|first", 1)));
  EXPECT_EQ(world.assess.emails_sent_to("ada@example.com"), 1);
  EXPECT_EQ(world.assess.invitations_of("ada@example.com").front().role, "Backend Engineer");
}

TEST_F(Job, WritesTheOutcomeBackAndThenHasNothingToDo) {
  World world;
  fill(world);
  world.run();
  world.advance(std::chrono::hours{2});
  world.finishes("ada", "backend", 85);
  world.finishes("bob", "backend", 20);

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.passed, 1);
  EXPECT_EQ(report.counts.failed, 1);
  EXPECT_EQ(report.counts.written_back, 4);
  EXPECT_THAT(world.outcomes(), ElementsAre("ada|note|passed, 85 %", "ada|tag|assessment-passed",
                                            "bob|note|failed, 20 %", "bob|tag|assessment-failed"));
  EXPECT_EQ(report.backlog.waiting, 2);
}

TEST_F(Job, ASecondRunWithNothingNewHasNoEffects) {
  World world;
  fill(world);
  ASSERT_TRUE(world.run_to_the_end());
  world.transport.clear_log();
  const auto outcomes = world.outcomes();

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.ending, sync::Ending::Done);
  EXPECT_THAT(world.transport.log(), IsEmpty())
      << "nobody is waited for: the Assess API need not be asked";
  EXPECT_EQ(world.outcomes(), outcomes);
}

TEST_F(Job, APipelineIsFollowedToItsEnd) {
  World world;
  world.person("dee", "Graduate Program");
  world.person("gus", "Graduate Program");
  world.run();
  world.advance(std::chrono::hours{1});
  world.finishes("dee", "first", 90);
  world.finishes("gus", "first", 30);
  const sync::RunReport middle = world.run();
  world.advance(std::chrono::hours{1});
  world.finishes("dee", "second", 80);
  const sync::RunReport last = world.run();

  EXPECT_EQ(middle.counts.failed, 1);
  EXPECT_EQ(last.counts.passed, 1);
  EXPECT_THAT(world.outcomes(), ElementsAre("dee|note|passed, 80 %", "dee|tag|assessment-passed",
                                            "gus|note|failed, 30 %", "gus|tag|assessment-failed"));
  EXPECT_THAT(world.enrollments(), Each(Pair(testing::_, 1)));
}

TEST_F(Job, OnePersonWithTwoApplicationsIsInvitedOnceAndBothGetTheResult) {
  World world;
  world.person("ada", "Backend Engineer");
  world.person("ada2", "Backend Lead");
  world.ats.find("ada2").email = " ADA@example.com ";
  world.run();
  world.advance(std::chrono::hours{1});
  world.finishes("ada", "backend", 75);
  world.run();

  EXPECT_THAT(world.invitations(), ElementsAre(Pair("ada@example.com|backend", 1)));
  EXPECT_EQ(world.assess.emails_sent_to("ada@example.com"), 1);
  EXPECT_THAT(world.outcomes(), ElementsAre("ada2|note|passed, 75 %", "ada2|tag|assessment-passed",
                                            "ada|note|passed, 75 %", "ada|tag|assessment-passed"));
}

TEST_F(Job, AnApplicationThatComesLateJoinsTheInvitationThatIsThere) {
  World world;
  world.person("ada", "Backend Engineer");
  world.run();
  world.person("ada2", "Backend Lead");
  world.ats.find("ada2").email = World::address("ada");

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.invited, 0);
  EXPECT_EQ(report.backlog.waiting, 2);
  EXPECT_EQ(world.assess.emails_sent_to("ada@example.com"), 1);
}

TEST_F(Job, SomebodyWithoutAnAddressIsBlockedOnceAndGoesOnWhenItIsMended) {
  World world;
  world.person("ada", "Backend Engineer");
  world.ats.find("ada").email = "not an address";

  const sync::RunReport first = world.run();
  const sync::RunReport second = world.run();
  world.ats.find("ada").email = World::address("ada");
  const sync::RunReport third = world.run();

  EXPECT_EQ(first.ending, sync::Ending::Records);
  EXPECT_EQ(first.counts.blocked, 1);
  EXPECT_EQ(second.ending, sync::Ending::Done) << "known from before: reported, not failed again";
  EXPECT_EQ(second.backlog.blocked, 1);
  EXPECT_EQ(third.counts.invited, 1);
}

TEST_F(Job, WhoLeftBeforeBeingInvitedIsNotInvited) {
  World world;
  world.person("ada", "Backend Engineer");
  world.options.max_invites_per_run = 0;
  world.run();
  world.person("ada", "Backend Engineer", "Rejected");
  world.options.max_invites_per_run = 500;

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.invited, 0);
  EXPECT_EQ(report.backlog.queued, 0);
  EXPECT_THAT(world.invitations(), IsEmpty());
}

TEST_F(Job, ASourceThatListsNobodyCancelsNobody) {
  World world;
  world.routes[0].cancel_when_left = CancelWhenLeft::Yes;
  world.person("ada", "Backend Engineer");
  world.run();
  world.ats.applications.clear();

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.cancelled, 0);
  EXPECT_THAT(report.problems, SizeIs(1));
  EXPECT_EQ(report.backlog.waiting, 1);
}

TEST_F(Job, AChangedRouteReadsTheSourceAgain) {
  World world;
  world.person("fay", "Gardener");
  world.run();
  world.routes.push_back(route_to("garden", "Gardener", {TargetKind::Assessment, "data"}));

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.invited, 1);
}

TEST_F(Job, ASourceThatFailsLeavesTheRestOfTheRunToGoOn) {
  World world;
  world.person("ada", "Backend Engineer");
  world.run();
  world.advance(std::chrono::hours{1});
  world.finishes("ada", "backend", 90);
  world.ats.pull_faults.push_back(Error{ErrorKind::Malformed, "cannot open export.csv"});

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.ending, sync::Ending::Failed);
  EXPECT_EQ(report.counts.written_back, 2);
}

TEST_F(Job, EveryStepOfAScreeningIsInItsHistory) {
  World world;
  world.person("ada", "Backend Engineer");
  world.run();
  world.advance(std::chrono::hours{1});
  world.finishes("ada", "backend", 90);
  world.run();

  store::Store store = world.open_store();
  const auto stories = store.view().explain("ADA@example.com");

  ASSERT_TRUE(stories.has_value());
  ASSERT_THAT(*stories, SizeIs(1));
  std::vector<std::string> steps;
  for (const store::HistoryEntry& entry : stories->front().history) steps.push_back(entry.to);
  EXPECT_THAT(steps, ElementsAre("queued", "dispatching", "invited", "passed", "written_back"));
  EXPECT_THAT(stories->front().write_backs, SizeIs(2));
}

}  // namespace
}  // namespace praxisync::testing_support
