#include "sandbox/limits.h"

#include <gmock/gmock.h>

#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using namespace testing_support;
using std::chrono::hours;
using std::chrono::minutes;

TEST(RollingHour, LetsARequestInExactlyAnHourAfterTheOneItWaitsFor) {
  RollingHour limit(2);
  const Timestamp start{Milliseconds{1'000'000}};
  EXPECT_EQ(limit.take(start), RollingHour::Verdict::LetIn);
  EXPECT_EQ(limit.take(start + minutes{10}), RollingHour::Verdict::LetIn);

  EXPECT_EQ(limit.take(start + hours{1} - Milliseconds{1}), RollingHour::Verdict::Refused);
  EXPECT_EQ(limit.wait(start + hours{1} - Milliseconds{1}), Milliseconds{1});
  EXPECT_EQ(limit.take(start + hours{1}), RollingHour::Verdict::LetIn);
  EXPECT_EQ(limit.take(start + hours{1}), RollingHour::Verdict::Refused);
  EXPECT_EQ(limit.wait(start + hours{1}), Milliseconds{minutes{10}});
}

TEST(RollingHour, NeverLetsMoreThanItsLimitIntoAnyWindow) {
  RollingHour limit(7);
  std::vector<Timestamp> taken;
  SeededRandom random(3);
  Timestamp now{Milliseconds{0}};

  for (int i = 0; i < 2000; ++i) {
    now += Milliseconds{static_cast<Milliseconds::rep>(random.below(900'000))};
    if (limit.take(now) == RollingHour::Verdict::LetIn) taken.push_back(now);
  }

  ASSERT_GT(taken.size(), 100U);
  for (std::size_t i = 7; i < taken.size(); ++i) EXPECT_GE(taken[i] - taken[i - 7], hours{1});
}

TEST(Limits, AreToldWithEveryAnswer) {
  Options options;
  options.reads_per_hour = 3;
  options.writes_per_hour = 2;
  Peer peer(options);

  EXPECT_EQ(peer.get("org/").header("X-RateLimit-Limit"), "3");
  EXPECT_EQ(peer.get("org/").header("x-ratelimit-remaining"), "1");
  const Reply refused = peer.post("assessments/nope/invites/", "{}");
  EXPECT_EQ(refused.status, 404);
  EXPECT_EQ(refused.header("X-RateLimit-Limit"), "2");
  EXPECT_EQ(refused.header("X-RateLimit-Remaining"), "1");
}

TEST(Limits, CountReadsAndWritesApart) {
  Options options;
  options.reads_per_hour = options.writes_per_hour = 1;
  Peer peer(options);

  EXPECT_EQ(peer.get("org/").status, 200);
  EXPECT_EQ(peer.post("assessments/deep/invites/", R"({"email":"a@example.com"})").status, 201);
  EXPECT_EQ(peer.get("org/").status, 429);
  EXPECT_EQ(peer.remove("invites/x/").status, 429);
}

TEST(Limits, SayHowLongToWaitAndForgetWhatTheyRefused) {
  Options options;
  options.reads_per_hour = 1;
  Peer peer(options);
  peer.get("org/");
  peer.clock.advance(hours{1} - Milliseconds{13'200});

  const Reply refused = peer.get("org/");

  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.code(), "RATE_LIMITED");
  EXPECT_EQ(refused.message(), "Request was throttled. Expected available in 14 seconds.");
  EXPECT_EQ(refused.header("Retry-After"), "14");
  EXPECT_EQ(refused.header("X-RateLimit-Remaining"), "0");
  for (int i = 0; i < 20; ++i) peer.get("org/");
  peer.clock.advance(Milliseconds{13'200});
  EXPECT_EQ(peer.get("org/").status, 200);
  EXPECT_EQ(peer.sandbox.requests().throttled, 21);
  EXPECT_EQ(peer.sandbox.requests().reads, 2);
}

TEST(Limits, LeaveOutTheCodeAndTheWaitWhereAskedTo) {
  Options options;
  options.reads_per_hour = 1;
  options.throttle_code = ThrottleCode::Absent;
  options.retry_after = RetryAfter::Absent;
  Peer peer(options);
  peer.get("org/");

  const Reply refused = peer.get("org/");

  EXPECT_EQ(refused.code(), "(none)");
  EXPECT_EQ(refused.message(), "Request was throttled. Expected available in 3600 seconds.");
  EXPECT_EQ(refused.header("Retry-After"), "");
}

TEST(Limits, GiveTheWaitAsADateWhereAskedTo) {
  Options options;
  options.reads_per_hour = 1;
  options.retry_after = RetryAfter::HttpDate;
  Peer peer(options);
  peer.get("org/");

  const Reply refused = peer.get("org/");

  // The fake clock starts at 2026-01-05T08:00:00Z, a Monday.
  EXPECT_EQ(refused.header("Date"), "Mon, 05 Jan 2026 08:00:00 GMT");
  EXPECT_EQ(refused.header("Retry-After"), "Mon, 05 Jan 2026 09:00:00 GMT");
}

TEST(Limits, AreOffWithZero) {
  Options options;
  options.reads_per_hour = 0;
  Peer peer(options);

  for (int i = 0; i < 1000; ++i) ASSERT_EQ(peer.get("org/").status, 200);
  EXPECT_EQ(peer.get("org/").header("X-RateLimit-Limit"), "");
}

TEST(Limits, DoNotCountAWrongKeyOrAnUnknownPath) {
  Options options;
  options.reads_per_hour = 1;
  Peer peer(options);

  http::Request stranger = peer.request(http::Method::Get, "org/");
  stranger.headers.clear();
  EXPECT_EQ(peer.send(stranger).status, 401);
  EXPECT_EQ(peer.get("nowhere/").status, 404);
  EXPECT_EQ(peer.get("org/").status, 200);
}

TEST(Quota, RefusesTheInvitationThatExceedsIt) {
  Options options;
  options.plan = Plan::Free;
  Peer peer(options);
  for (int i = 0; i < 20; ++i) peer.invite("p" + std::to_string(i) + "@example.com");

  const Reply reply = peer.post("assessments/deep/invites/", R"({"email":"late@example.com"})");

  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(reply.code(), "INVITE_QUOTA_EXCEEDED");
  EXPECT_EQ(reply.message(),
            "Monthly invite quota exceeded. Upgrade your plan to invite more candidates.");
  EXPECT_EQ(peer.sandbox.world().invitations.size(), 20U);
  EXPECT_EQ(peer.post("assessments/senior-backend-screen/invites/", R"({"email":"p0@example.com"})")
                .status,
            200);
}

TEST(Quota, GivesNothingBackForACancelledInvitation) {
  Options options;
  options.invite_limit = 1;
  Peer peer(options);
  const std::string token = peer.invite("a@example.com");

  peer.remove("invites/" + token + "/");

  EXPECT_EQ(peer.get("org/").at("/invites_remaining"), "0");
}

TEST(Quota, StartsAnewWithTheMonthInTheZoneThatIsSet) {
  Options options;
  options.invite_limit = 1;
  options.month_zone = std::chrono::minutes{330};
  Peer peer(options);
  peer.clock.sleep_until(*parse_timestamp("2026-01-31T18:29:59.999Z"));
  peer.invite("a@example.com");
  EXPECT_EQ(peer.get("org/").at("/invites_remaining"), "0");

  peer.clock.advance(Milliseconds{1});

  EXPECT_EQ(peer.get("org/").at("/invites_remaining"), "1");
  EXPECT_EQ(peer.post("assessments/deep/invites/", R"({"email":"b@example.com"})").status, 201);
}

TEST(Quota, StartsAnewWithTheMonthInUtc) {
  Options options;
  options.invite_limit = 1;
  Peer peer(options);
  peer.clock.sleep_until(*parse_timestamp("2026-01-31T23:59:59.999Z"));
  peer.invite("a@example.com");
  EXPECT_EQ(peer.post("assessments/deep/invites/", R"({"email":"b@example.com"})").status, 403);

  peer.clock.advance(Milliseconds{1});

  EXPECT_EQ(peer.get("org/").at("/invites_used"), "0");
  EXPECT_EQ(peer.post("assessments/deep/invites/", R"({"email":"b@example.com"})").status, 201);
}

}  // namespace
}  // namespace praxisync::sandbox
