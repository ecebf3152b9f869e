// SIGKILL at every request of a first and a second sync, and between write-backs: wherever the
// process dies, the runs after it end with everyone contacted once and every write-back once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using sandbox::Fault;
using testing::_;
using testing::Each;
using testing::Pair;
using testing::SizeIs;

constexpr std::size_t kInvited = 5, kEnrolled = 3;
constexpr std::size_t kInvitations = kInvited + 3 * kEnrolled;  // the pipeline has three stages
constexpr std::size_t kWrites = 2 * kInvited + 2 * kEnrolled;

std::unique_ptr<Workplace> small_world() {
  auto place = std::make_unique<Workplace>();
  place->edit_config("[state]", "bulk_size = 2\n\n[state]");
  auto people = crowd("ada", kInvited);
  for (Person& graduate : crowd("gus", kEnrolled, kGraduate)) people.push_back(std::move(graduate));
  place->exports(people);
  return place;
}

/// Kills a sync while it waits for the answer to its request number `number`, which has taken
/// effect.
void kill_at_request(Workplace& place, int number) {
  const int before = place.requests();
  place.fault({.kind = Fault::Kind::Delay, .skip = number - 1, .delay = std::chrono::minutes{1}});
  Process sync(place.start({"sync"}));
  ASSERT_TRUE(place.reaches(before + number));
  sync.send_signal(SIGKILL);
  EXPECT_THAT(sync.wait(), ExitsWith(128 + SIGKILL));
}

/// A day goes by: what was lost settles, and candidates take their tests.
void live_a_day(Workplace& place) {
  place.advance(std::chrono::hours{24});
  place.everybody_finishes();
}

void run_to_the_end(Workplace& place) {
  for (int day = 0; day < 6 && place.results().size() < kWrites; ++day) {
    EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
    live_a_day(place);
  }
  const int requests = place.requests();
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  EXPECT_EQ(place.requests(), requests) << "nothing is left to ask for";
}

void expect_everything_once(Workplace& place) {
  EXPECT_THAT(place.invitations(), SizeIs(kInvitations));
  EXPECT_THAT(place.invitations(), Each(Pair(_, 1)));
  EXPECT_THAT(place.enrollments(), SizeIs(kEnrolled));
  EXPECT_THAT(place.enrollments(), Each(Pair(_, 1)));
  EXPECT_THAT(place.results(), SizeIs(kWrites));
  EXPECT_THAT(place.results(), Each(Pair(_, 1)));
}

TEST(Kill, AtAnyRequestOfTheFirstSyncChangesNothingInTheEnd) {
  const auto calm = small_world();
  ASSERT_THAT(calm->run({"sync"}), ExitsWith(0));
  const int requests = calm->requests();
  ASSERT_GE(requests, 8);
  for (int number = 1; number <= requests; ++number) {
    SCOPED_TRACE(testing::Message() << "killed at request " << number);
    const auto place = small_world();

    kill_at_request(*place, number);
    live_a_day(*place);
    run_to_the_end(*place);

    expect_everything_once(*place);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(Kill, AtAnyRequestOfTheSecondSyncChangesNothingInTheEnd) {
  const auto calm = small_world();
  ASSERT_THAT(calm->run({"sync"}), ExitsWith(0));
  live_a_day(*calm);
  const int before = calm->requests();
  ASSERT_THAT(calm->run({"sync"}), ExitsWith(0));
  const int requests = calm->requests() - before;
  ASSERT_GE(requests, 3);
  for (int number = 1; number <= requests; ++number) {
    SCOPED_TRACE(testing::Message() << "killed at request " << number);
    const auto place = small_world();
    ASSERT_THAT(place->run({"sync"}), ExitsWith(0));
    live_a_day(*place);

    kill_at_request(*place, number);
    live_a_day(*place);
    run_to_the_end(*place);

    expect_everything_once(*place);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(Kill, BetweenWriteBacksLosesNoneAndRepeatsNone) {
  constexpr std::size_t kPeople = 25;
  int killed = 0;
  for (const std::size_t rows : {1U, 2U, 9U, 20U}) {
    SCOPED_TRACE(testing::Message() << "killed after row " << rows);
    Workplace place;
    place.exports(crowd("ada", kPeople));
    ASSERT_THAT(place.run({"sync"}), ExitsWith(0));
    live_a_day(place);

    Process sync(place.start({"sync"}));
    ASSERT_TRUE(eventually([&] { return place.results().size() >= rows; }));
    sync.send_signal(SIGKILL);
    killed += sync.wait().code == 128 + SIGKILL ? 1 : 0;
    EXPECT_THAT(place.run({"sync"}), ExitsWith(0));

    EXPECT_THAT(place.results(), SizeIs(2 * kPeople));
    EXPECT_THAT(place.results(), Each(Pair(_, 1)));
  }
  EXPECT_GT(killed, 0) << "each sync was over before it could be killed";
}

}  // namespace
}  // namespace praxisync::testing_support
