#include "sync/selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "support/world.h"
#include "sync/plan_file.h"

namespace praxisync::testing_support {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr Milliseconds kDay = std::chrono::hours{24};

/// "application action: reason"
std::vector<std::string> dropped(const sync::RunReport& report) {
  std::vector<std::string> lines;
  for (const sync::Dropped& action : report.dropped)
    lines.push_back(action.application.text() + " " + action.action + ": " + action.reason);
  return lines;
}

class SelectionTest : public testing::Test {
 protected:
  sync::Selection planned() { return sync::selection_of(world.plan()); }

  /// ada has passed, and her note and tag are yet to be written.
  void ada_passes() {
    world.person("ada", "Backend Engineer");
    world.run();
    world.advance(kDay);
    world.finishes("ada", "backend", 85);
  }

  World world;
};

TEST_F(SelectionTest, ExactlyThePlannedPeopleAreContacted) {
  world.person("ada", "Backend Engineer");
  world.person("gus", "Graduate Programme");
  const sync::Selection selection = planned();
  world.person("bob", "Backend Engineer");
  world.person("hal", "Graduate Programme");

  const sync::RunReport report = world.apply(selection);

  EXPECT_EQ(report.ending, sync::Ending::Done);
  EXPECT_EQ(report.planned, 2);
  EXPECT_THAT(report.dropped, IsEmpty());
  EXPECT_THAT(world.invitations(), UnorderedElementsAre(Pair("ada@example.com|backend", 1),
                                                        Pair("gus@example.com|first", 1)));
  EXPECT_THAT(world.enrollments(), UnorderedElementsAre(Pair("gus@example.com|grad", 1)));
  EXPECT_EQ(report.backlog.queued, 2) << "bob and hal wait for a later sync";

  world.run();

  EXPECT_THAT(world.invitations(), SizeIs(4));
}

TEST_F(SelectionTest, AnEmptyPlanContactsNobody) {
  const sync::Selection selection = planned();
  world.person("ada", "Backend Engineer");

  const sync::RunReport report = world.apply(selection);

  EXPECT_EQ(report.ending, sync::Ending::Done);
  EXPECT_EQ(report.planned, 0);
  EXPECT_THAT(world.invitations(), IsEmpty());
  EXPECT_EQ(report.backlog.queued, 1);
}

TEST_F(SelectionTest, WhoseGroundHasShiftedIsDroppedWithTheReason) {
  for (const char* name : {"ada", "bea", "cem", "dot", "eva"}) {
    world.person(name, "Backend Engineer");
  }
  world.options.max_invites_per_run = 0;
  world.run();
  world.options.max_invites_per_run = 500;
  world.person("fay", "Backend Engineer");
  const sync::Selection selection = planned();
  world.person("bea", "Backend Engineer", "Offer");
  world.ats.find("cem").email = "cem@elsewhere.example";
  world.ats.find("dot").email = "";
  std::erase_if(world.ats.applications,
                [](const Application& application) { return application.id.text() > "e"; });

  const sync::RunReport report = world.apply(selection);

  EXPECT_EQ(report.ending, sync::Ending::Records);
  EXPECT_THAT(dropped(report),
              UnorderedElementsAre(
                  "bea invite: left the stage", "cem invite: the address has changed",
                  testing::StartsWith("dot invite: blocked: "), "eva invite: left the stage",
                  "fay invite: the application is no longer there under this "
                  "route"));
  EXPECT_THAT(world.invitations(), ElementsAre(Pair("ada@example.com|backend", 1)));
}

TEST_F(SelectionTest, AnotherStageOfTheSameRouteIsAnotherGround) {
  world.routes[0].stage = "Technical*";
  world.person("ada", "Backend Engineer");
  const sync::Selection selection = planned();
  world.person("ada", "Backend Engineer", "Technical Interview");

  const sync::RunReport report = world.apply(selection);

  EXPECT_THAT(dropped(report), ElementsAre("ada invite: is in another stage now"));
  EXPECT_THAT(world.invitations(), IsEmpty());
}

TEST_F(SelectionTest, AnAddressInAnotherCaseIsTheSame) {
  world.person("ada", "Backend Engineer");
  const sync::Selection selection = planned();
  world.ats.find("ada").email = "Ada@Example.com";

  const sync::RunReport report = world.apply(selection);

  EXPECT_THAT(report.dropped, IsEmpty());
  EXPECT_THAT(world.invitations(), SizeIs(1));
}

TEST_F(SelectionTest, WhoWasContactedMeanwhileIsAlreadyDone) {
  world.person("ada", "Backend Engineer");
  world.person("bea", "Backend Engineer");
  const sync::Selection selection = planned();
  std::erase_if(world.ats.applications,
                [](const Application& application) { return application.id.text() == "bea"; });
  world.run();
  world.person("bea", "Backend Engineer");

  const sync::RunReport report = world.apply(selection);

  EXPECT_EQ(report.ending, sync::Ending::Done);
  EXPECT_THAT(dropped(report), ElementsAre("ada invite: already done"));
  EXPECT_THAT(world.invitations(), UnorderedElementsAre(Pair("ada@example.com|backend", 1),
                                                        Pair("bea@example.com|backend", 1)));
}

TEST_F(SelectionTest, TheSamePlanTwiceDoesNothingTheSecondTime) {
  ada_passes();
  world.person("bea", "Backend Engineer");
  world.person("gus", "Graduate Programme");
  const sync::Selection selection = planned();
  ASSERT_EQ(selection.size(), 4);

  const sync::RunReport first = world.apply(selection);
  const auto invitations = world.invitations();
  const auto writes = world.outcomes();
  const sync::RunReport second = world.apply(selection);

  EXPECT_THAT(first.dropped, IsEmpty());
  EXPECT_EQ(first.counts.written_back, 2);
  EXPECT_EQ(second.ending, sync::Ending::Done);
  EXPECT_THAT(dropped(second),
              UnorderedElementsAre("bea invite: already done", "gus enroll: already done",
                                   "ada note: already done", "ada tag: already done"));
  EXPECT_EQ(world.invitations(), invitations);
  EXPECT_EQ(world.outcomes(), writes);
}

TEST_F(SelectionTest, OnlyThePlannedWriteBacksAreWritten) {
  world.person("bea", "Backend Engineer");
  ada_passes();
  const sync::Selection selection = planned();
  world.finishes("bea", "backend", 30);

  const sync::RunReport report = world.apply(selection);

  EXPECT_THAT(world.outcomes(), ElementsAre("ada|note|passed, 85 %", "ada|tag|assessment-passed"));
  EXPECT_EQ(report.backlog.to_write, 2);
  world.run();
  EXPECT_THAT(world.outcomes(), SizeIs(4));
}

TEST_F(SelectionTest, AWriteBackWhoseValueHasChangedIsDropped) {
  ada_passes();
  world.routes[0].on_passed.actions[0].text = "{verdict} in {stage}";
  const sync::Selection selection = planned();
  world.person("ada", "Backend Engineer", "Offer");

  const sync::RunReport report = world.apply(selection);

  EXPECT_EQ(report.ending, sync::Ending::Records);
  EXPECT_THAT(dropped(report), ElementsAre("ada note: its value has changed"));
  EXPECT_THAT(world.outcomes(), ElementsAre("ada|tag|assessment-passed"));
  EXPECT_EQ(report.backlog.to_write, 1);
}

TEST_F(SelectionTest, AWriteBackForAnotherOutcomeIsDropped) {
  world.person("ada", "Backend Engineer");
  world.run();
  sync::Selection selection = planned();
  selection.writes.push_back({ConnectorName("ats"), ApplicationId("ada"), RouteName("backend"),
                              ActionKind::Tag, "", "assessment-passed", Verdict::Passed,
                              "px:aaaaaaaaaaaa"});

  const sync::RunReport report = world.apply(selection);

  EXPECT_THAT(
      dropped(report),
      ElementsAre("ada tag: the candidate is invited now, and this is not to be written for it"));
  EXPECT_THAT(world.outcomes(), IsEmpty());
}

TEST_F(SelectionTest, AReinvitationIsDoneWhenThePlanListsIt) {
  world.routes[0].on_expired.reinvite = 1;
  world.person("ada", "Backend Engineer");
  world.run();
  world.advance(8 * kDay);
  const sync::Selection before = planned();

  sync::Selection without = before;
  without.contacts.clear();
  const sync::RunReport none = world.apply(without);
  const int quiet = world.assess.requests().writes;
  const sync::RunReport report = world.apply(before);

  ASSERT_THAT(before.contacts, SizeIs(1));
  EXPECT_EQ(before.contacts[0].round, 2);
  EXPECT_EQ(none.backlog.queued, 1);
  EXPECT_GT(world.assess.requests().writes, quiet) << "the second round was asked for";
  EXPECT_EQ(report.backlog.queued, 0);
}

TEST_F(SelectionTest, RemindsNobodyAndCancelsNobody) {
  world.routes[0].remind_after = kDay;
  world.routes[0].cancel_when_left = CancelWhenLeft::Yes;
  world.person("ada", "Backend Engineer");
  world.person("bea", "Backend Engineer");
  world.run();
  world.advance(2 * kDay);
  world.person("bea", "Backend Engineer", "Offer");

  const sync::RunReport applied = world.apply(planned());
  const sync::RunReport plain = world.run();

  EXPECT_EQ(applied.counts.reminded + applied.counts.cancelled, 0);
  EXPECT_GT(plain.counts.reminded + plain.counts.cancelled, 0);
}

TEST_F(SelectionTest, TheSafetyLimitHoldsForThePlannedNumber) {
  world.crowd(5);
  const sync::Selection selection = planned();
  world.crowd(9);
  world.options.max_invites_per_run = 4;

  const sync::RunReport held = world.apply(selection);
  world.options.confirmed = 5;
  const sync::RunReport confirmed = world.apply(selection);

  EXPECT_EQ(held.ending, sync::Ending::Held);
  EXPECT_EQ(confirmed.ending, sync::Ending::Done);
  EXPECT_THAT(world.invitations(), SizeIs(5));
}

TEST_F(SelectionTest, NothingIsDoneForAConnectorThatCouldNotBeRead) {
  world.person("ada", "Backend Engineer");
  world.person("bea", "Data Engineer");
  const sync::Selection selection = planned();
  world.ats.pull_faults.push_back(Error{ErrorKind::Malformed, "no JSON"});

  const sync::RunReport report = world.apply(selection);

  EXPECT_EQ(report.ending, sync::Ending::Failed);
  EXPECT_THAT(report.dropped, SizeIs(2));
  EXPECT_THAT(world.invitations(), IsEmpty());
  EXPECT_EQ(world.apply(selection).counts.invited, 2) << "the plan holds still";
}

TEST(Selection, AppliedAgainGoesOnWhereTheQuotaStoppedIt) {
  sandbox::Options options;
  options.invite_limit = 7;
  World world(options);
  world.options.bulk_size = 5;
  world.crowd(12);
  const sync::Selection selection = sync::selection_of(world.plan());

  const sync::RunReport stopped = world.apply(selection);
  world.advance(31 * kDay);
  const sync::RunReport report = world.apply(selection);

  EXPECT_EQ(stopped.ending, sync::Ending::Quota);
  EXPECT_THAT(stopped.dropped, IsEmpty());
  EXPECT_EQ(stopped.counts.invited, 7);
  EXPECT_EQ(report.counts.invited, 5);
  EXPECT_THAT(report.dropped, SizeIs(7)) << "already done";
}

TEST(SelectionCrashSweep, AnyDoorEndsWithThePlannedInvitedOnceAndNobodyElse) {
  const auto world_of_five = [] {
    auto world = std::make_unique<World>();
    world->crowd(5);
    return world;
  };
  std::unique_ptr<World> calm = world_of_five();
  const sync::Selection selection = sync::selection_of(calm->plan());
  calm->person("late", "Backend Engineer");
  calm->apply(selection);
  ASSERT_GT(calm->doors.passed(), 10);
  for (int door = 0; door < calm->doors.passed(); ++door) {
    SCOPED_TRACE(testing::Message() << "crash at door " << door);
    std::unique_ptr<World> world = world_of_five();
    world->person("late", "Backend Engineer");
    world->doors.crash_at(door);
    try {
      world->apply(selection);
    } catch (const SimulatedCrash&) {
    }
    world->doors.never_crash();

    // Applied again, the plan goes on where it was.
    world->apply(selection);

    EXPECT_THAT(world->invitations(), SizeIs(5));
    EXPECT_FALSE(world->invitations().contains("late@example.com|backend"));
    world->run();
    EXPECT_THAT(world->invitations(),
                testing::AllOf(SizeIs(6), testing::Each(Pair(testing::_, 1))));
  }
}

}  // namespace
}  // namespace praxisync::testing_support
