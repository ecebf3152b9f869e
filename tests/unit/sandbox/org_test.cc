#include <gmock/gmock.h>

#include "sandbox/demo_world.h"
#include "support/result_matchers.h"
#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using praxisync::testing_support::IsOk;
using testing::ElementsAre;
using namespace testing_support;

TEST(Organisation, TellsThePlanAndItsQuota) {
  Options options;
  options.plan = Plan::Free;
  Peer peer(options);
  peer.invite("a@example.com");

  EXPECT_EQ(peer.get("org/").body,
            R"({"name":"Acme Corp","slug":"acme-corp","plan":"free","invite_limit":20,)"
            R"("invites_used":1,"invites_remaining":19})");
}

TEST(Organisation, HasNoLimitOnEnterprise) {
  Options options;
  options.plan = Plan::Enterprise;
  Peer peer(options);

  EXPECT_EQ(peer.get("org/").at("/invite_limit"), "null");
  EXPECT_EQ(peer.get("org/").at("/invites_remaining"), "null");
}

TEST(Organisation, ListsItsTeam) {
  Peer peer;

  EXPECT_THAT(peer.get("org/team/").column("/results", "role"),
              ElementsAre("owner", "admin", "recruiter"));
  EXPECT_EQ(peer.get("org/team/").at("/count"), "3");
}

TEST(Organisation, CountsWhatHappened) {
  Peer peer;
  for (const char* email : {"a@example.com", "b@example.com", "c@example.com", "d@example.com"})
    peer.invite(email);
  ASSERT_THAT(peer.sandbox.start("c@example.com", kBackend), IsOk());
  ASSERT_THAT(peer.sandbox.finish("a@example.com", kBackend, 90), IsOk());
  ASSERT_THAT(peer.sandbox.finish("b@example.com", kBackend, 45.5), IsOk());

  EXPECT_EQ(
      peer.get("org/stats/").body,
      R"({"total_invites":4,"total_candidates":3,"completed_assessments":2,"passed_candidates":1,)"
      R"("pass_rate":50.0,"average_score_percentage":67.8,"active_assessments":3})");
}

TEST(Webhooks, AreCreatedForHttpsAndListed) {
  Peer peer;

  const Reply created = peer.post(
      "webhooks/",
      R"({"url":"https://acme.example/hooks","event_types":["candidate.passed"],"description":"d"})");

  EXPECT_EQ(created.status, 201);
  EXPECT_TRUE(created.at("/signing_secret").starts_with("whsec_"));
  EXPECT_EQ(peer.get("webhooks/").at("/results/0/url"), "https://acme.example/hooks");
  EXPECT_EQ(peer.get("webhooks/").at("/results/0/event_types"), R"(["candidate.passed"])");
  EXPECT_EQ(peer.post("webhooks/" + created.at("/id") + "/test/").at("/is_verified"), "false");
  EXPECT_EQ(peer.post("webhooks/nope/test/").status, 404);
}

TEST(Webhooks, RefusePlainHttpAndUnknownEvents) {
  Peer peer;

  EXPECT_EQ(
      peer.post("webhooks/", R"({"url":"http://acme.example/","event_types":["candidate.passed"]})")
          .status,
      400);
  EXPECT_EQ(peer.post("webhooks/",
                      R"({"url":"https://acme.example/","event_types":["candidate.sneezed"]})")
                .status,
            400);
  EXPECT_EQ(peer.post("webhooks/", R"({"url":"https://acme.example/","event_types":[]})").status,
            400);
}

TEST(DemoWorld, HoldsWhatTheDemoRoutesName) {
  FakeClock clock;
  AssessSandbox sandbox(clock, {});

  build_demo_world(sandbox);

  EXPECT_TRUE(sandbox.world().find_assessment("senior-backend-screen"));
  EXPECT_TRUE(sandbox.world().find_assessment("data-analyst-screen"));
  const auto pipeline = sandbox.world().find_pipeline("grad-2025");
  ASSERT_TRUE(pipeline);
  EXPECT_EQ(sandbox.world().pipelines[*pipeline].stages.size(), 3U);
  EXPECT_EQ(sandbox.world().keys.front().scopes, all_scopes());
}

}  // namespace
}  // namespace praxisync::sandbox
