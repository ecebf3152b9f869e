#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using sandbox::Fault;
using testing::ElementsAre;
using testing::Pair;

TEST(Lifecycle, RemindsAsOftenAsTheRouteSaysAndNoMore) {
  World world;
  world.routes[0].remind_after = std::chrono::hours{48};
  world.routes[0].max_reminders = 2;
  world.person("ada", "Backend Engineer");
  world.run();
  int reminded = 0;

  for (int day = 0; day < 6; ++day) {
    world.advance(std::chrono::days{1});
    reminded += world.run().counts.reminded;
  }

  EXPECT_EQ(reminded, 2);
  EXPECT_EQ(world.assess.emails_sent_to("ada@example.com"), 3);
}

TEST(Lifecycle, AReminderWhoseAnswerIsLostIsNotSentTwice) {
  World world;
  world.routes[0].remind_after = std::chrono::hours{48};
  world.person("ada", "Backend Engineer");
  world.run();
  world.advance(std::chrono::hours{50});
  world.assess.faults().add(
      {.kind = Fault::Kind::DropAfterApplying, .method = http::Method::Post, .path = "remind"});

  world.run();
  const sync::RunReport second = world.run();

  EXPECT_EQ(second.counts.reminded, 1) << "found by looking";
  EXPECT_EQ(world.assess.emails_sent_to("ada@example.com"), 2);
}

TEST(Lifecycle, WhoHasFinishedIsNotReminded) {
  World world;
  world.routes[0].remind_after = std::chrono::hours{48};
  world.person("ada", "Backend Engineer");
  world.run();
  world.advance(std::chrono::hours{50});
  world.finishes("ada", "backend", 90);

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.reminded, 0);
  EXPECT_EQ(report.counts.passed, 1);
}

TEST(Lifecycle, NobodyIsRemindedWhomAnEmptiedStageNoLongerLists) {
  World world;
  world.routes[0].remind_after = std::chrono::hours{48};
  world.person("ada", "Backend Engineer");
  world.run();
  world.ats.find("ada").stage = "Onsite";
  world.advance(std::chrono::hours{50});

  EXPECT_EQ(world.run().counts.reminded, 0);
  world.ats.find("ada").stage = "Technical Test";
  EXPECT_EQ(world.run().counts.reminded, 1);
}

TEST(Lifecycle, CancelsAPendingInvitationOfWhoLeftTheStage) {
  World world;
  world.routes[0].cancel_when_left = CancelWhenLeft::Yes;
  world.person("ada", "Backend Engineer");
  world.person("bob", "Backend Engineer");
  world.run();
  world.person("ada", "Backend Engineer", "Rejected");

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.cancelled, 1);
  EXPECT_TRUE(world.assess.invitations_of("ada@example.com").front().cancelled);
  EXPECT_FALSE(world.assess.invitations_of("bob@example.com").front().cancelled);
}

TEST(Lifecycle, WhoHasStartedIsNotCancelled) {
  World world;
  world.routes[0].cancel_when_left = CancelWhenLeft::Yes;
  world.person("ada", "Backend Engineer");
  world.run();
  ASSERT_TRUE(world.assess.start("ada@example.com", "backend").has_value());
  world.person("ada", "Backend Engineer", "Rejected");

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.cancelled, 0);
  EXPECT_EQ(report.ending, sync::Ending::Done);
}

TEST(Lifecycle, WhoComesBackAfterBeingCancelledIsInvitedAgain) {
  World world;
  world.routes[0].cancel_when_left = CancelWhenLeft::Yes;
  world.person("ada", "Backend Engineer");
  world.run();
  world.person("ada", "Backend Engineer", "On hold");
  world.run();
  world.person("ada", "Backend Engineer");

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.invited, 1);
  EXPECT_THAT(world.invitations(), ElementsAre(Pair("ada@example.com|backend", 2)));
}

TEST(Lifecycle, AnExpiredInvitationIsRenewedAsOftenAsTheRouteSays) {
  sandbox::Options options;
  options.expired_invitation = sandbox::ExpiredInvitation::Renewed;
  World world(options);
  world.routes[0].on_expired.reinvite = 1;
  world.person("ada", "Backend Engineer");
  world.run();
  world.advance(std::chrono::days{8});
  const sync::RunReport renewed = world.run();
  world.advance(std::chrono::days{8});
  const sync::RunReport over = world.run();

  EXPECT_EQ(renewed.counts.expired, 1);
  EXPECT_EQ(renewed.counts.invited, 1);
  EXPECT_EQ(over.counts.invited, 0);
  EXPECT_EQ(over.backlog.waiting, 0);
  EXPECT_THAT(world.outcomes(), ElementsAre("ada|note|expired", "ada|note|expired"));
}

TEST(Lifecycle, AnExpiredInvitationThatTheApiKeepsIsLeftToAPerson) {
  World world;
  world.routes[0].on_expired.reinvite = 1;
  world.person("ada", "Backend Engineer");
  world.run();
  world.advance(std::chrono::days{8});

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.blocked, 1);
  EXPECT_EQ(report.ending, sync::Ending::Records);
}

}  // namespace
}  // namespace praxisync::testing_support
