#include "sandbox/candidates.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using namespace testing_support;
using std::chrono::days;
using std::chrono::hours;

Options lively(std::uint64_t seed = 7) {
  Options options = roomy();
  options.seed = seed;
  options.candidates = CandidateBehaviour{};
  return options;
}

void invite_people(Peer& peer, int count, std::string_view slug = kBackend) {
  for (int i = 0; i < count; ++i) peer.invite("p" + std::to_string(i) + "@example.com", slug);
}

int count(const World& world, InvitationStatus status) {
  return static_cast<int>(
      std::count_if(world.invitations.begin(), world.invitations.end(),
                    [&](const Invitation& row) { return row.status == status; }));
}

TEST(Candidates, TakeTheirTestsAsTimeGoesBy) {
  Peer peer(lively());
  invite_people(peer, 400);
  EXPECT_EQ(count(peer.sandbox.world(), InvitationStatus::Pending), 400);

  peer.clock.advance(days{2});
  peer.get("org/");
  EXPECT_GT(count(peer.sandbox.world(), InvitationStatus::Pending), 100);
  EXPECT_GT(count(peer.sandbox.world(), InvitationStatus::Completed), 50);

  peer.clock.advance(days{6});
  peer.get("org/");
  const World& world = peer.sandbox.world();
  EXPECT_NEAR(count(world, InvitationStatus::Expired), 400 * (0.12 + 0.88 * 0.03), 30);
  EXPECT_EQ(count(world, InvitationStatus::Completed) + count(world, InvitationStatus::Expired),
            400);
  EXPECT_GT(world.totals.passed, 100);
  EXPECT_LT(world.totals.passed, world.totals.completed);
  EXPECT_TRUE(std::any_of(world.invitations.begin(), world.invitations.end(),
                          [](const Invitation& row) { return row.violations.copy_paste > 0; }));
}

TEST(Candidates, CompleteInTheOrderOfTimeWhateverTheStepOfTheClock) {
  Peer steps(lively());
  Peer leap(lively());
  invite_people(steps, 100);
  invite_people(leap, 100);

  for (int i = 0; i < 8 * 24; ++i) {
    steps.clock.advance(hours{1});
    steps.sandbox.catch_up();
  }
  leap.clock.advance(days{8});

  const char* path = "assessments/senior-backend-screen/results/?page_size=100";
  EXPECT_EQ(steps.get(path).body, leap.get(path).body);
  const auto times = leap.get(path).column("/results", "completed_at");
  EXPECT_TRUE(std::is_sorted(times.rbegin(), times.rend()));
}

TEST(Candidates, DoTheSameWhateverTheOrderInWhichTheyAreInvited) {
  Peer there(lively());
  Peer back(lively());
  invite_people(there, 50);
  for (int i = 49; i >= 0; --i) back.invite("P" + std::to_string(i) + "@example.com");
  there.clock.advance(days{8});
  back.clock.advance(days{8});
  there.sandbox.catch_up();
  back.sandbox.catch_up();

  for (int i = 0; i < 50; ++i) {
    const std::string email = "p" + std::to_string(i) + "@example.com";
    const Invitation one = there.sandbox.invitations_of(email).at(0);
    const Invitation other = back.sandbox.invitations_of(email).at(0);
    EXPECT_EQ(one.status, other.status);
    EXPECT_EQ(one.score, other.score);
    EXPECT_EQ(one.completed_at, other.completed_at);
  }
}

TEST(Candidates, AreMovedByAReminderSomeOfThem) {
  Options options = lively();
  options.candidates->never_start = 1;
  Peer peer(options);
  invite_people(peer, 100);
  peer.clock.advance(days{3});
  ASSERT_EQ(peer.get("org/stats/").at("/total_candidates"), "0");

  for (const Invitation& row : std::vector<Invitation>(peer.sandbox.world().invitations)) {
    peer.post("invites/" + row.token + "/remind/");
  }
  peer.clock.advance(days{3});
  peer.sandbox.catch_up();

  EXPECT_NEAR(peer.sandbox.world().totals.started, 40, 15);
}

TEST(Candidates, GoThroughPipelinesByThemselves) {
  Peer peer(lively());
  for (int i = 0; i < 100; ++i) peer.enroll("p" + std::to_string(i) + "@example.com");

  peer.clock.advance(days{30});
  peer.sandbox.catch_up();

  int completed = 0, rejected = 0;
  for (const Enrollment& row : peer.sandbox.world().enrollments) {
    completed += row.status == EnrollmentStatus::Completed ? 1 : 0;
    rejected += row.status == EnrollmentStatus::Rejected ? 1 : 0;
  }
  EXPECT_GT(completed, 10);
  EXPECT_GT(rejected, 10);
  for (const Invitation& row : peer.sandbox.world().invitations) EXPECT_EQ(row.emails_sent, 1);
}

TEST(Candidates, WhoWereCancelledDoNothing) {
  Peer peer(lively());
  const std::string token = peer.invite("p1@example.com");
  peer.remove("invites/" + token + "/");

  peer.clock.advance(days{8});
  peer.sandbox.catch_up();

  EXPECT_EQ(peer.sandbox.world().totals.started, 0);
}

std::string story(std::uint64_t seed) {
  Peer peer(lively(seed));
  std::string bytes;
  const auto note = [&](const Reply& reply) {
    bytes += std::to_string(reply.status) + reply.body;
    for (const http::Header& header : reply.headers) bytes += header.name + header.value;
  };
  for (int i = 0; i < 30; ++i) {
    note(peer.post("assessments/deep/invites/",
                   R"({"email":"p)" + std::to_string(i) + R"(@example.com","send_email":true})"));
    peer.enroll("q" + std::to_string(i) + "@example.com");
    peer.clock.advance(hours{7});
    note(peer.get("invites/?page_size=5"));
    note(peer.get("assessments/deep/results/"));
  }
  note(peer.get("org/stats/"));
  return bytes;
}

TEST(Sandbox, GivesTheSameBytesForTheSameSeed) {
  EXPECT_EQ(story(42), story(42));
  EXPECT_NE(story(42), story(43));
}

TEST(Sandbox, StandsStillWhileTheClockGoesBack) {
  struct BackwardClock final : Clock {
    Timestamp at{Milliseconds{1'767'600'000'000}};
    Uptime uptime() const override { return {"boot", Milliseconds{0}}; }
    Timestamp now() const override { return at; }
    void sleep_until(Timestamp) override {}
  } clock;
  AssessSandbox sandbox(clock, roomy());
  sandbox.add_key(kKey);
  const http::Request request{http::Method::Get,
                              "https://praxicraft.com/api/v1/public/org/",
                              {{"Authorization", std::string("Bearer ") + kKey}}};
  clock.at += hours{1};
  const Reply before = reply_of(sandbox.handle(request));

  clock.at -= hours{10};

  EXPECT_EQ(reply_of(sandbox.handle(request)).header("Date"), before.header("Date"));
}

TEST(Sandbox, HoldsTensOfThousandsOfInvitations) {
  const Options options = lively();
  World world;
  world.assessments.resize(1);
  Lifecycle lifecycle(world, options);
  Timestamp now{Milliseconds{1'767'600'000'000}};
  for (int i = 0; i < 20'000; ++i) {
    lifecycle.catch_up(now);
    lifecycle.invite(0, {"p" + std::to_string(i) + "@example.com"}, Mail::Yes, now);
    now += std::chrono::seconds{1};
  }

  lifecycle.catch_up(now + days{8});

  EXPECT_EQ(world.listed.size(), 20'000U);
  EXPECT_EQ(count(world, InvitationStatus::Completed) + count(world, InvitationStatus::Expired),
            20'000);
}

}  // namespace
}  // namespace praxisync::sandbox
