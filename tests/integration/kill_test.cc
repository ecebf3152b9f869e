// SIGKILL at every request of a first and a second sync, and between write-backs: wherever the
// process dies, the runs after it end with everyone contacted once and every write-back once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <cstdlib>

#include "domain/random.h"
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

/// How many times the campaign below kills: more where PRAXISYNC_KILLS says so.
int kills_wanted() {
  const char* wanted = std::getenv("PRAXISYNC_KILLS");
  return wanted == nullptr ? 20 : std::atoi(wanted);
}

bool has_ended(pid_t id) {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(id), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == id;
}

/// People keep coming, candidates keep finishing, and the process keeps dying.
class Campaign {
 public:
  explicit Campaign(std::uint64_t seed) : random_(seed) {
    place_.edit_config("[state]", "bulk_size = 2\n\n[state]");
  }

  /// A day with two more people and a sync that is killed: while it waits for an answer that has
  /// taken effect, right after a request or right after a row of the results, wherever it is then.
  /// False where it was over before.
  bool live_a_day_with_a_kill() {
    arrive();
    const int request = place_.requests() + 1 + static_cast<int>(random_.below(4));
    const std::size_t rows = place_.results().size() + random_.below(4);
    const std::uint64_t way = random_.below(3);
    if (way == 0) {
      place_.fault({.kind = Fault::Kind::Delay,
                    .skip = request - place_.requests() - 1,
                    .delay = std::chrono::minutes{1}});
    }
    Process sync(place_.start({"sync"}));
    EXPECT_TRUE(eventually([&] {
      const bool there = way == 2 ? place_.results().size() > rows : place_.requests() >= request;
      return there || has_ended(sync.id());
    }));
    sync.send_signal(SIGKILL);
    const bool killed = sync.wait().code == 128 + SIGKILL;
    place_.server().between_requests(
        [](sandbox::AssessSandbox& sandbox) { sandbox.faults().clear(); });
    live_a_day(place_);
    return killed;
  }

  void end_in_peace() {
    for (int day = 0; day < 6; ++day) {
      EXPECT_THAT(place_.run({"sync"}), ExitsWith(0));
      live_a_day(place_);
    }
    const int requests = place_.requests();
    EXPECT_THAT(place_.run({"sync"}), ExitsWith(0));
    EXPECT_EQ(place_.requests(), requests) << "nothing is left to ask for";
  }

  void expect_everything_once() {
    EXPECT_THAT(place_.invitations(), SizeIs(people_.size() + 2 * graduates_));
    EXPECT_THAT(place_.invitations(), Each(Pair(_, 1)));
    EXPECT_THAT(place_.enrollments(), SizeIs(graduates_));
    EXPECT_THAT(place_.enrollments(), Each(Pair(_, 1)));
    EXPECT_THAT(place_.results(), SizeIs(2 * people_.size()));
    EXPECT_THAT(place_.results(), Each(Pair(_, 1)));
  }

 private:
  void arrive() {
    const bool graduate = random_.below(3) == 0;
    for (int i = 0; i < 2; ++i) {
      people_.push_back(
          {"p" + std::to_string(1000 + people_.size()), i == 0 && graduate ? kGraduate : kBackend});
    }
    graduates_ += graduate ? 1 : 0;
    place_.exports(people_);
  }

  SeededRandom random_;
  Workplace place_;
  std::vector<Person> people_;
  std::size_t graduates_ = 0;
};

TEST(Kill, AgainAndAgainWhereverItIsContactsNobodyTwiceAndLosesNobody) {
  constexpr int kKillsACampaign = 20;
  const int wanted = kills_wanted();
  int kills = 0;
  for (std::uint64_t seed = 1; kills < wanted && seed <= 100; ++seed) {
    SCOPED_TRACE(testing::Message() << "campaign " << seed);
    Campaign campaign(seed);
    for (int day = 0, killed = 0; day < 2 * kKillsACampaign && killed < kKillsACampaign; ++day) {
      if (kills == wanted || testing::Test::HasFailure()) break;
      if (!campaign.live_a_day_with_a_kill()) continue;
      ++killed;
      ++kills;
    }
    campaign.end_in_peace();
    campaign.expect_everything_once();
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_EQ(kills, wanted);
  RecordProperty("kills", kills);
}

}  // namespace
}  // namespace praxisync::testing_support
