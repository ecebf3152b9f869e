#include "sync/scope.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Key;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

const sync::Scope kTheAts{.connectors = {ConnectorName("ats")}, .assessments = {}};
const sync::Scope kBackend{.connectors = {}, .assessments = {AssessmentSlug("backend")}};
const sync::Scope kData{.connectors = {}, .assessments = {AssessmentSlug("data")}};

TEST(Scope, OfAConnectorPullsThereAndInvites) {
  World world;
  world.person("ada", "Backend Engineer");

  const sync::RunReport report = world.look_at(kTheAts);

  EXPECT_EQ(report.ending, sync::Ending::Done);
  EXPECT_THAT(world.invitations(), SizeIs(1));
}

TEST(Scope, OfAnAssessmentReadsItsResultsAndPullsNothing) {
  World world;
  world.person("ada", "Backend Engineer");
  world.run();
  world.advance(std::chrono::hours{1});
  world.finishes("ada", "backend", 80);
  world.person("bob", "Backend Engineer");

  const sync::RunReport report = world.look_at(kBackend);

  EXPECT_EQ(report.ending, sync::Ending::Done);
  EXPECT_EQ(report.counts.pulled, 0);
  EXPECT_EQ(report.counts.completed, 1);
  EXPECT_EQ(report.counts.written_back, 2);
  EXPECT_THAT(world.invitations(), SizeIs(1));
}

TEST(Scope, LeavesOtherResultsToALaterRun) {
  World world;
  world.person("ada", "Backend Engineer");
  world.run();
  world.advance(std::chrono::hours{1});
  world.finishes("ada", "backend", 80);

  EXPECT_EQ(world.look_at(kData).counts.completed, 0);
  EXPECT_EQ(world.run().counts.completed, 1);
}

TEST(Scope, ReadsAConnectorWhosePeopleWaitBeforeTheyAreInvited) {
  World world;
  world.options.max_invites_per_run = 1;
  world.person("ada", "Backend Engineer");
  world.person("bob", "Backend Engineer");
  ASSERT_EQ(world.run().ending, sync::Ending::Held);
  world.ats.find("bob").stage = "Onsite";
  world.advance(std::chrono::minutes{20});
  world.options.max_invites_per_run = 500;

  world.look_at(kBackend);

  EXPECT_THAT(world.invitations(), SizeIs(1));
  EXPECT_THAT(world.invitations(), Not(Contains(Key("bob@example.com|backend"))));
}

// Whoever is queued only in the run itself has not been looked at before it either.
TEST(Scope, ReadsTheConnectorOfPeopleWhoseAssessmentTakesInvitationsAgain) {
  World world;
  world.assess.set_assessment_status("backend", sandbox::AssessmentStatus::Archived);
  world.person("ada", "Backend Engineer");
  world.person("bob", "Backend Engineer");
  world.run();
  ASSERT_THAT(world.invitations(), IsEmpty());
  world.ats.find("bob").stage = "Onsite";
  world.assess.set_assessment_status("backend", sandbox::AssessmentStatus::Active);
  world.advance(std::chrono::minutes{20});

  world.look_at(kData);

  EXPECT_THAT(world.invitations(), ElementsAre(Pair("ada@example.com|backend", 1)));
}

TEST(Scope, ReadsTheConnectorOfPeopleBeforeAFurtherRound) {
  sandbox::Options options;
  options.expired_invitation = sandbox::ExpiredInvitation::Renewed;
  World world(options);
  for (Route& route : world.routes) route.on_expired.reinvite = 1;
  world.person("ada", "Backend Engineer");
  world.person("bob", "Backend Engineer");
  world.run();
  world.ats.find("bob").stage = "Onsite";
  world.advance(std::chrono::days{9});

  world.look_at(kBackend);

  EXPECT_THAT(world.invitations(),
              ElementsAre(Pair("ada@example.com|backend", 2), Pair("bob@example.com|backend", 1)));
}

TEST(Scope, LeavesRemindersToARunThatReadsEverything) {
  World world;
  for (Route& route : world.routes) route.remind_after = std::chrono::hours{1};
  world.person("ada", "Backend Engineer");
  world.run();
  const int mails = world.assess.emails_sent_to(World::address("ada"));
  world.advance(std::chrono::hours{2});

  EXPECT_EQ(world.look_at(kBackend).counts.reminded, 0);
  EXPECT_EQ(world.assess.emails_sent_to(World::address("ada")), mails);
  EXPECT_EQ(world.run().counts.reminded, 1);
}

TEST(Scope, OfARunThatWasStoppedIsNotLookedAt) {
  World world;
  world.person("ada", "Backend Engineer");
  world.run();
  world.advance(std::chrono::hours{1});
  world.signalled = true;

  const sync::RunReport report = world.look_at(kBackend);

  EXPECT_EQ(report.ending, sync::Ending::Signal);
  EXPECT_FALSE(report.evidence.whole());
}

TEST(Scope, OfARunThatReadItIsLookedAt) {
  World world;
  world.person("ada", "Backend Engineer");
  world.run();
  world.advance(std::chrono::hours{1});

  EXPECT_TRUE(world.look_at(kBackend).evidence.whole());
}

}  // namespace
}  // namespace praxisync::testing_support
