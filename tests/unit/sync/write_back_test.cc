#include "sync/write_back.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using testing::ElementsAre;
using testing::Not;

class WriteBackTest : public testing::Test {
 protected:
  void SetUp() override {
    world.person("ada", "Backend Engineer");
    world.run();
    world.advance(std::chrono::hours{1});
    world.finishes("ada", "backend", 85);
  }

  World world;
};

TEST_F(WriteBackTest, AWriteWhoseAnswerIsLostIsLookedForBeforeItIsRepeated) {
  world.ats.write_faults.push_back({Error{ErrorKind::OutcomeUnknown, "connection lost"}, true});

  world.run();
  const sync::RunReport second = world.run();

  EXPECT_EQ(second.backlog.to_write, 0);
  EXPECT_THAT(world.outcomes(), ElementsAre("ada|note|passed, 85 %", "ada|tag|assessment-passed"));
}

TEST_F(WriteBackTest, AWriteThatDidNotLandGoesAgain) {
  world.ats.write_faults.push_back({Error{ErrorKind::OutcomeUnknown, "connection lost"}, false});

  world.run();
  world.run();

  EXPECT_THAT(world.outcomes(), ElementsAre("ada|note|passed, 85 %", "ada|tag|assessment-passed"));
}

TEST_F(WriteBackTest, ARefusedActionIsReportedOnceAndHeldUntilItsValueChanges) {
  world.ats.write_faults.push_back({Error{ErrorKind::Rejected, "no such field"}, false});

  const sync::RunReport first = world.run();
  const sync::RunReport second = world.run();
  world.routes[0].on_passed.actions[0].text = "Result: {verdict}";
  const sync::RunReport third = world.run();

  EXPECT_EQ(first.counts.failed_writes, 1);
  EXPECT_EQ(first.ending, sync::Ending::Records);
  EXPECT_EQ(second.ending, sync::Ending::Done);
  EXPECT_EQ(third.backlog.to_write, 0);
  EXPECT_THAT(world.outcomes(),
              ElementsAre("ada|note|Result: passed", "ada|tag|assessment-passed"));
}

TEST_F(WriteBackTest, AThrottledAtsStopsInOrder) {
  world.ats.write_faults.push_back(
      {Error{ErrorKind::Throttled, "HTTP 429", world.clock.now() + std::chrono::hours{1}}, false});

  const sync::RunReport first = world.run();
  const sync::RunReport second = world.run();

  EXPECT_EQ(first.ending, sync::Ending::Throttled);
  EXPECT_EQ(second.counts.written_back, 2);
}

TEST_F(WriteBackTest, AMoveComesLastAndOnlyForWhoIsStillInTheStage) {
  world.routes[0].on_passed.actions.insert(world.routes[0].on_passed.actions.begin(),
                                           {ActionKind::Move, "Onsite"});
  world.person("ada", "Backend Engineer", "Offer");

  world.run();

  EXPECT_THAT(world.outcomes(), Not(testing::Contains("ada|move|Onsite")))
      << "a person's hand wins";
}

TEST_F(WriteBackTest, TheStageThatAMoveExpectsIsTheOneLastSeen) {
  world.routes[0].on_passed.actions.insert(world.routes[0].on_passed.actions.begin(),
                                           {ActionKind::Move, "Onsite"});

  world.run();

  ASSERT_EQ(world.ats.written.size(), 3U);
  EXPECT_EQ(world.ats.written.back().kind, ActionKind::Move);
  EXPECT_EQ(world.ats.written.back().expected_stage, "Technical Test");
}

TEST_F(WriteBackTest, MarkersAreTheSameAfterTheDatabaseWasLost) {
  world.run();
  const auto before = world.writes();
  std::filesystem::remove(world.database());
  std::filesystem::remove(world.database().string() + "-wal");
  std::filesystem::remove(world.database().string() + "-shm");
  world.ats.written.clear();

  ASSERT_TRUE(world.run_to_the_end());

  EXPECT_EQ(world.writes(), before);
  EXPECT_EQ(world.assess.emails_sent_to("ada@example.com"), 1);
}

TEST_F(WriteBackTest, WhatAPersonHasSettledIsLeftAloneAndNotCountedAsWritten) {
  world.ats.answer = {Written::How::LeftAlone, "was moved by a person"};

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.ending, sync::Ending::Done);
  EXPECT_EQ(report.counts.written_back, 0);
  EXPECT_EQ(report.evidence.write_backs.done, 2);
  EXPECT_EQ(report.backlog.to_write, 0);
}

TEST_F(WriteBackTest, AMoveIsNotEvenTriedForWhoHasLeftTheStageSinceItWasPlanned) {
  world.routes[0].on_passed.actions = {{ActionKind::Note, "{verdict}"},
                                       {ActionKind::Move, "Onsite"}};
  world.ats.write_faults.push_back({Error{ErrorKind::Transient, "HTTP 503"}, false});
  world.run();
  world.ats.left = {{ApplicationId("ada"), "Offer"}};
  world.ats.applications.clear();
  world.person("bea", "Office Manager");

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.backlog.to_write, 0);
  EXPECT_THAT(world.outcomes(), ElementsAre("ada|note|passed"));
}

TEST_F(WriteBackTest, ADatabaseThatWasLostWritesNothingTwice) {
  world.run();
  const std::vector<std::string> before = world.outcomes();
  ASSERT_EQ(before.size(), 2U);
  for (const char* ending : {"", "-wal", "-shm"})
    std::filesystem::remove(world.database().string() + ending);

  ASSERT_TRUE(world.run_to_the_end());

  EXPECT_EQ(world.outcomes(), before);
}

}  // namespace
}  // namespace praxisync::testing_support
