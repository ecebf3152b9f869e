// What keeps a run from contacting people whom nobody meant.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

std::string all_problems(const sync::RunReport& report) {
  std::string text;
  for (const sync::Problem& problem : report.problems)
    text += problem.where + ": " + problem.what + "\n";
  return text;
}

class SuddenGrowth : public testing::Test {
 protected:
  SuddenGrowth() {
    world.ats.page_size = 25;
    world.crowd(3);
    world.run();
    world.crowd(60);
    world.person("dan", "Data Analyst");
  }
  World world;
};

TEST_F(SuddenGrowth, HoldsThatRouteAloneUntilThatManyAreConfirmed) {
  const sync::RunReport held = world.run();
  world.options.confirmed = 56;
  const sync::RunReport too_few = world.run();
  world.options.confirmed = 57;
  const sync::RunReport confirmed = world.run();
  world.options.confirmed.reset();
  const sync::RunReport after = world.run();

  EXPECT_EQ(held.ending, sync::Ending::Held);
  EXPECT_EQ(sync::exit_code(held.ending), 7);
  EXPECT_EQ(held.counts.invited, 1) << "the other route goes on";
  EXPECT_EQ(held.backlog.queued, 57);
  EXPECT_THAT(all_problems(held), HasSubstr("route backend: its stage lists 60 people where it had "
                                            "3: none of its 57"));
  EXPECT_THAT(all_problems(held), HasSubstr("--confirm 58"));
  EXPECT_EQ(too_few.ending, sync::Ending::Held);
  EXPECT_EQ(too_few.counts.invited, 0);
  EXPECT_EQ(confirmed.ending, sync::Ending::Done);
  EXPECT_EQ(confirmed.counts.invited, 57);
  EXPECT_EQ(after.ending, sync::Ending::Done);
  EXPECT_THAT(world.invitations(), Each(Pair(testing::_, 1)));
}

TEST_F(SuddenGrowth, ThatGoesAwayIsHeldNoMore) {
  world.run();
  std::erase_if(world.ats.applications, [](const Application& application) {
    return application.id.text() > "p1004" && application.id.text() != "dan";
  });

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.ending, sync::Ending::Done);
  EXPECT_EQ(report.counts.invited, 2);
}

TEST_F(SuddenGrowth, IsHeldTogetherWithTheLimitForAll) {
  world.options.max_invites_per_run = 0;

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.invited, 0);
  EXPECT_THAT(all_problems(report), HasSubstr("1 people would be contacted, 0 are allowed"));
  EXPECT_THAT(all_problems(report), Not(HasSubstr("--confirm 1'"))) << "that would be too few";
}

TEST(Safety, AFirstSyncIsHeldByTheLimitAlone) {
  World world;
  world.crowd(80);

  EXPECT_EQ(world.run().counts.invited, 80);
}

TEST(Safety, FurtherRoundsCountTowardsTheSameLimit) {
  sandbox::Options sandbox_options;
  sandbox_options.expired_invitation = sandbox::ExpiredInvitation::Renewed;
  World world(sandbox_options);
  world.routes[0].on_expired.reinvite = 1;
  world.crowd(2);
  world.run();
  world.advance(std::chrono::days{8});
  world.person("dan", "Data Analyst");
  world.options.max_invites_per_run = 2;

  const sync::RunReport first = world.run();
  const sync::RunReport second = world.run();

  EXPECT_EQ(first.counts.invited, 1);
  EXPECT_EQ(first.ending, sync::Ending::Held);
  EXPECT_THAT(all_problems(first), HasSubstr("2 people would be contacted after the 1"));
  EXPECT_EQ(second.counts.invited, 2);
  EXPECT_EQ(second.ending, sync::Ending::Done);
}

TEST(Safety, WhoseDomainIsNotAllowedIsBlockedOnceAndNeverContacted) {
  World world;
  world.crowd(2);
  world.ats.find("p1001").email = "max@mail.test";
  world.options.domains.deny = {"*.test"};

  const sync::RunReport first = world.run();
  const sync::RunReport second = world.run();

  EXPECT_EQ(first.ending, sync::Ending::Records);
  EXPECT_EQ(first.counts.blocked, 1);
  EXPECT_THAT(all_problems(first), HasSubstr("the address's domain is not allowed by [safety]"));
  EXPECT_THAT(all_problems(first), Not(HasSubstr("@")));
  EXPECT_EQ(second.ending, sync::Ending::Done) << "known from before";
  EXPECT_EQ(second.backlog.blocked, 1);
  EXPECT_THAT(world.invitations(), SizeIs(1));
}

TEST(Safety, ADomainHoldsForPeopleWhoWereQueuedBefore) {
  World world;
  world.crowd(2);
  world.options.max_invites_per_run = 0;
  world.run();
  world.options.max_invites_per_run = 10;
  world.options.domains.allow = {"other.example"};
  world.ats.pull_faults = {Error{ErrorKind::Transient, "down"}};

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.blocked, 2);
  EXPECT_THAT(world.invitations(), IsEmpty());
}

TEST(Safety, NobodyIsRemindedInADomainThatIsNotAllowedAnyMore) {
  World world;
  world.routes[0].remind_after = std::chrono::hours{48};
  world.crowd(2);
  world.ats.find("p1000").email = "ann@mail.test";
  world.run();
  world.options.domains.deny = {"mail.test"};
  world.advance(std::chrono::hours{49});

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.reminded, 1);
  EXPECT_EQ(world.assess.emails_sent_to("ann@mail.test"), 1) << "the invitation";
  EXPECT_EQ(world.assess.emails_sent_to(World::address("p1001")), 2);
}

TEST(Safety, WhoWasBlockedForADomainGoesOnWhenTheListsOrTheAddressChange) {
  World world;
  world.crowd(2);
  world.ats.find("p1000").email = "ann@mail.test";
  world.ats.find("p1001").email = "max@mail.test";
  world.options.domains.deny = {"mail.test"};
  world.run();
  world.ats.find("p1000").email = World::address("ann");
  const sync::RunReport moved = world.run();
  world.options.domains.deny.clear();
  const sync::RunReport allowed = world.run();

  EXPECT_EQ(moved.counts.invited, 1);
  EXPECT_EQ(allowed.counts.invited, 1);
  EXPECT_THAT(world.invitations(), testing::UnorderedElementsAre(Pair("ann@example.com|backend", 1),
                                                                 Pair("max@mail.test|backend", 1)));
}

}  // namespace
}  // namespace praxisync::testing_support
