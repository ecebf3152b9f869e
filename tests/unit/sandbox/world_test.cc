#include <gmock/gmock.h>
#include <httplib.h>

#include <chrono>
#include <set>

#include "sandbox/demo_world.h"
#include "sandbox/server.h"
#include "support/result_matchers.h"
#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using praxisync::testing_support::IsOk;
using namespace testing_support;

Options lively(std::uint64_t seed) {
  Options options = roomy();
  options.seed = seed;
  options.candidates = CandidateBehaviour{};
  return options;
}

/// The demo world with people in it, behind a socket.
struct Served {
  explicit Served(Options options, int people = 60) : sandbox(clock, std::move(options)) {
    build_demo_world(sandbox);
    add_lesser_keys(sandbox);
    sandbox.add_people(people);
    EXPECT_THAT(server.start(), IsOk());
  }

  httplib::Client client(const std::string& key = kDemoKey) const {
    httplib::Client client("127.0.0.1", server.port());
    client.set_default_headers({{"Authorization", "Bearer " + key}});
    return client;
  }
  httplib::Result fault(const std::string& body) const {
    return client().Post("/__sandbox/faults", body, "application/json");
  }

  DrivenClock clock{Timestamp{Milliseconds{1'767'600'000'000}}};
  AssessSandbox sandbox;
  SandboxServer server{sandbox, clock};
};

/// A morning's work, as bytes.
std::string transcript(const Served& served) {
  auto client = served.client();
  std::string all;
  const auto keep = [&](const httplib::Result& reply) {
    ASSERT_TRUE(reply);
    all += std::to_string(reply->status) + reply->get_header_value("Date") + reply->body + "\n";
  };
  const std::string api(kPublicPath);
  keep(client.Get(api + "invites/?page_size=100"));
  keep(client.Get(api + "assessments/senior-backend-screen/results/"));
  keep(client.Post(api + "assessments/initial-screen/invites/", R"({"email":"new@example.com"})",
                   "application/json"));
  keep(client.Post(api + "pipelines/grad-2025/enroll/", R"({"email":"grad@example.com"})",
                   "application/json"));
  keep(client.Post("/__sandbox/clock", R"({"advance":"5d"})", "application/json"));
  keep(client.Get(api + "invites/?page_size=100"));
  keep(client.Get(api + "org/stats/"));
  keep(client.Get("/__sandbox/state"));
  return all;
}

TEST(SandboxWorld, IsTheSameByteForByteFromTheSameSeed) {
  const Served one(lively(7)), two(lively(7)), other(lively(8));

  const std::string bytes = transcript(one);

  EXPECT_GT(bytes.size(), 20'000U);
  EXPECT_EQ(bytes, transcript(two));
  EXPECT_NE(bytes, transcript(other));
}

TEST(SandboxWorld, HoldsPeopleInEveryStateWhoCostNoQuota) {
  FakeClock clock;
  Options options;
  options.plan = Plan::Free;
  options.candidates = CandidateBehaviour{};
  AssessSandbox sandbox(clock, options);
  build_demo_world(sandbox);

  sandbox.add_people(300);

  std::map<InvitationStatus, int> states;
  Timestamp last{};
  for (const Invitation& row : sandbox.world().invitations) {
    ++states[row.status];
    EXPECT_GE(row.created_at, last);
    last = row.created_at;
    EXPECT_LE(row.created_at, clock.now());
  }
  EXPECT_EQ(states.size(), 4U);
  EXPECT_GE(sandbox.world().invitations.size(), 300U);
  EXPECT_GT(sandbox.world().enrollments.size(), 20U);
  EXPECT_EQ(sandbox.world().invites_used(clock.now()), 0);
}

TEST(SandboxWorld, ToldToHoldNobodyHoldsNobody) {
  FakeClock clock;
  AssessSandbox sandbox(clock, {});
  sandbox.add_people(5);
  EXPECT_EQ(sandbox.world().invitations.size(), 0U) << "there is no assessment";
  build_demo_world(sandbox);

  sandbox.add_people(0);

  EXPECT_EQ(sandbox.world().invitations.size(), 0U);
}

TEST(SandboxKeys, DoLessWithFewerScopes) {
  const Served served(lively(1));
  const std::string api(kPublicPath);
  const std::string results = api + "assessments/initial-screen/results/";
  const std::string invites = api + "assessments/initial-screen/invites/";

  auto reading = served.client(kReadOnlyKey), blind = served.client(kNoCandidatesKey);

  EXPECT_EQ(reading.Get(results)->status, 200);
  EXPECT_EQ(reading.Post(invites, R"({"email":"a@example.com"})", "application/json")->status, 403);
  EXPECT_EQ(blind.Get(results)->status, 403);
  EXPECT_EQ(blind.Post(invites, R"({"email":"a@example.com"})", "application/json")->status, 201);
}

TEST(FaultsOverSockets, AnswerWithAServerErrorInstead) {
  const Served served(lively(1), 0);
  served.fault(R"({"fault":"status","status":503,"body":"<html>upstream</html>"})");

  const auto reply = served.client().Get("/api/v1/public/org/");

  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 503);
  EXPECT_EQ(reply->body, "<html>upstream</html>");
  EXPECT_EQ(served.client().Get("/api/v1/public/org/")->status, 200);
}

TEST(FaultsOverSockets, ThrottleWithHeadersAndWithout) {
  const Served served(lively(1), 0);
  served.fault(R"({"fault":"status","status":429,"headers":{"Retry-After":"14"}})");
  served.fault(R"({"fault":"status","status":429})");

  const auto with = served.client().Get("/api/v1/public/org/");
  const auto without = served.client().Get("/api/v1/public/org/");

  ASSERT_TRUE(with);
  ASSERT_TRUE(without);
  EXPECT_EQ(with->status, 429);
  EXPECT_EQ(with->get_header_value("Retry-After"), "14");
  EXPECT_EQ(without->status, 429);
  EXPECT_FALSE(without->has_header("Retry-After"));
}

TEST(FaultsOverSockets, EndTheConnectionBeforeOrAfterApplying) {
  Served served(lively(1), 0);
  const std::string invites = "/api/v1/public/assessments/initial-screen/invites/";
  const auto invite = [&] {
    return served.client().Post(invites, R"({"email":"a@example.com"})", "application/json");
  };
  const auto invited = [&] {
    return served.server.between_requests(
        [](AssessSandbox& sandbox) { return sandbox.world().invitations.size(); });
  };

  served.fault(R"({"fault":"drop_before"})");
  EXPECT_FALSE(invite());
  EXPECT_EQ(invited(), 0U);
  served.fault(R"({"fault":"drop_after_applying"})");
  EXPECT_FALSE(invite());
  EXPECT_EQ(invited(), 1U);
  EXPECT_EQ(invite()->status, 200);
}

TEST(FaultsOverSockets, CutABodyShortAndDelayAnAnswer) {
  const Served served(lively(1), 0);
  served.fault(R"({"fault":"truncate","bytes":10})");
  EXPECT_FALSE(served.client().Get("/api/v1/public/org/"));

  served.fault(R"({"fault":"delay","delay":"150ms"})");
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(served.client().Get("/api/v1/public/org/")->status, 200);
  EXPECT_GE(std::chrono::steady_clock::now() - before, Milliseconds{150});
}

}  // namespace
}  // namespace praxisync::sandbox
