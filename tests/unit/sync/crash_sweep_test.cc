// Every door that a crash can come through, once each: wherever the process dies, the runs after it
// end with everyone invited and enrolled once and every write-back once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using testing::Each;
using testing::Pair;

/// Two bulk batches, a pipeline, two applications of one person.
std::unique_ptr<World> canonical_world() {
  auto world = std::make_unique<World>();
  world->options.bulk_size = 2;
  for (const char* name : {"ada", "bob", "cyd"}) world->person(name, "Backend Engineer");
  world->person("dee", "Graduate Program");
  world->person("gus", "Graduate Program");
  world->person("ada2", "Backend Lead");
  world->ats.find("ada2").email = World::address("ada");
  return world;
}

TEST(CrashSweep, AnyDoorEndsWithEveryoneInvitedOnceAndEveryWriteBackOnce) {
  const auto calm = canonical_world();
  ASSERT_TRUE(calm->run_to_the_end());
  ASSERT_GT(calm->doors.passed(), 60);
  for (int door = 0; door < calm->doors.passed(); ++door) {
    SCOPED_TRACE(testing::Message() << "crash at door " << door);
    const auto world = canonical_world();

    ASSERT_TRUE(world->run_until_crash_at(door));
    ASSERT_TRUE(world->run_to_the_end());

    EXPECT_THAT(world->invitations(), Each(Pair(testing::_, 1)));
    EXPECT_EQ(world->invitations(), calm->invitations());
    EXPECT_THAT(world->enrollments(), Each(Pair(testing::_, 1)));
    EXPECT_EQ(world->enrollments(), calm->enrollments());
    EXPECT_THAT(world->writes(), Each(Pair(testing::_, 1)));
    EXPECT_EQ(world->outcomes(), calm->outcomes());
    for (const char* name : {"ada", "bob", "cyd"})
      EXPECT_EQ(world->assess.emails_sent_to(World::address(name)), 1);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(CrashSweep, ACrashDuringTheRecoveryChangesNothing) {
  const auto calm = canonical_world();
  ASSERT_TRUE(calm->run_to_the_end());
  // Pairs: each first crash near a send, then one at every later door of the run that recovers.
  for (int first = 20; first < calm->doors.passed(); first += 9) {
    for (int second = 0; second < 24; second += 3) {
      SCOPED_TRACE(testing::Message() << "crashes at doors " << first << " and " << second);
      const auto world = canonical_world();

      world->run_until_crash_at(first);
      world->run_until_crash_at(second);
      ASSERT_TRUE(world->run_to_the_end());

      EXPECT_EQ(world->invitations(), calm->invitations());
      EXPECT_EQ(world->enrollments(), calm->enrollments());
      EXPECT_EQ(world->outcomes(), calm->outcomes());
      if (testing::Test::HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace praxisync::testing_support
