#include <gmock/gmock.h>

#include "http/curl_transport.h"
#include "sandbox/server.h"
#include "sandbox/signature.h"
#include "support/loopback_server.h"
#include "support/process.h"
#include "support/result_matchers.h"
#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using praxisync::testing_support::answer;
using praxisync::testing_support::Arrival;
using praxisync::testing_support::eventually;
using praxisync::testing_support::in_turn;
using praxisync::testing_support::IsOk;
using testing::HasSubstr;
using namespace testing_support;
using Endpoint = praxisync::testing_support::LoopbackServer;

/// A sandbox behind a socket that sends its webhooks to other sockets.
class SentWebhooks : public testing::Test {
 protected:
  SentWebhooks() {
    sandbox_.add_key(kKey);
    sandbox_.add_assessment(kBackend, "Senior Backend Engineer Screen");
    EXPECT_THAT(server_.start(), IsOk());
  }

  Reply ask(http::Method method, const std::string& path, std::string body = {}) {
    http::CurlTransport client(quick());
    http::Request request{
        method, server_.origin() + path, {{"Authorization", std::string("Bearer ") + kKey}}};
    if (!body.empty()) request.headers.push_back({"Content-Type", "application/json"});
    request.body = std::move(body);
    request.repeat = http::Repeat::Never;
    const Result<http::Response> reply = client.send(request);
    EXPECT_THAT(reply, IsOk());
    return reply ? reply_of(*reply) : Reply{};
  }
  Reply post(const std::string& path, std::string body = {}) {
    return ask(http::Method::Post, path, std::move(body));
  }
  Reply subscribe(const Endpoint& endpoint) {
    return post("/api/v1/public/webhooks/",
                R"({"url":")" + endpoint.url("/hooks") +
                    R"(","event_types":["assessment.started","candidate.passed"]})");
  }
  void invite_and(const std::string& step) {
    const Reply invited = post("/api/v1/public/assessments/senior-backend-screen/invites/",
                               R"({"email":"jane@example.com","name":"Jane \"<i>\" Doe"})");
    ASSERT_EQ(invited.status, 201);
    ASSERT_EQ(post("/__sandbox/candidates",
                   R"({"token":")" + invited.at("/invite_token") + "\"," + step + "}")
                  .status,
              200);
  }

  static http::CurlOptions quick() {
    return {.connect_timeout = std::chrono::seconds{10}, .total_timeout = std::chrono::seconds{20}};
  }

  DrivenClock clock_{Timestamp{Milliseconds{1'767'600'000'000}}};
  AssessSandbox sandbox_{clock_, roomy()};
  http::CurlTransport transport_{quick()};
  SandboxServer server_{sandbox_, clock_, {}, &transport_};
};

TEST_F(SentWebhooks, ArriveSignedOverTheirRawBody) {
  Endpoint endpoint(answer(204, ""));
  const std::string secret = subscribe(endpoint).at("/signing_secret");

  invite_and(R"("do":"finish","score":90)");

  ASSERT_TRUE(eventually([&] { return endpoint.arrivals().size() == 2; }));
  const Arrival passed = endpoint.arrivals().at(1);
  EXPECT_EQ(passed.method(), "POST");
  EXPECT_EQ(passed.target(), "/hooks");
  EXPECT_EQ(passed.header("Content-Type"), "application/json");
  EXPECT_EQ(passed.header("X-Praxicraft-Signature"), sign(secret, passed.body));
  EXPECT_EQ(passed.header("Authorization"), "");
  EXPECT_THAT(passed.body, HasSubstr(R"("event":"candidate.passed")"));
  EXPECT_THAT(passed.body, HasSubstr(R"(Jane \"<i>\" Doe)"));
}

TEST_F(SentWebhooks, AreRetriedWhenTheClockIsDriven) {
  Endpoint endpoint(in_turn({answer(503, ""), answer(200, "")}));
  subscribe(endpoint);
  invite_and(R"("do":"start")");
  const auto state = [&] {
    return ask(http::Method::Get, "/__sandbox/deliveries").at("/results/0/attempts");
  };
  ASSERT_TRUE(eventually([&] { return state() == "1"; }));

  post("/__sandbox/clock", R"({"advance":"10s"})");

  ASSERT_TRUE(eventually([&] { return state() == "2"; }));
  EXPECT_EQ(ask(http::Method::Get, "/__sandbox/deliveries").at("/results/0/state"), "delivered");
  ASSERT_EQ(endpoint.arrivals().size(), 2U);
  EXPECT_EQ(endpoint.arrivals()[0].body, endpoint.arrivals()[1].body);
}

TEST_F(SentWebhooks, AreTestedWhileTheCallerWaits) {
  Endpoint endpoint(in_turn({answer(500, ""), answer(200, "ok")}));
  const std::string test = "/api/v1/public/webhooks/" + subscribe(endpoint).at("/id") + "/test/";

  const Reply failed = post(test);
  EXPECT_EQ(failed.at("/status_code"), "500");
  EXPECT_EQ(failed.at("/is_verified"), "false");
  const Reply succeeded = post(test);
  EXPECT_EQ(succeeded.at("/message"), "Test succeeded — endpoint responded with 200.");
  EXPECT_EQ(succeeded.at("/is_verified"), "true");

  EXPECT_EQ(endpoint.arrivals().size(), 2U);
  EXPECT_THAT(endpoint.arrivals()[1].body, HasSubstr(R"("event":"webhook.test")"));
}

TEST_F(SentWebhooks, LetTheReceiverCallTheSandboxBack) {
  std::string seen;
  Endpoint endpoint([&](const Arrival& arrival, praxisync::testing_support::Line& line) {
    seen = ask(http::Method::Get, "/api/v1/public/org/").at("/slug");
    return answer(200, "")(arrival, line);
  });
  const std::string id = subscribe(endpoint).at("/id");

  const Reply tested = post("/api/v1/public/webhooks/" + id + "/test/");

  EXPECT_EQ(tested.at("/is_verified"), "true");
  EXPECT_EQ(seen, "acme-corp");
}

TEST_F(SentWebhooks, SurviveAReceiverThatIsNotThere) {
  const praxisync::testing_support::RefusingPort nobody;
  const Reply created = post("/api/v1/public/webhooks/",
                             R"({"url":"http://127.0.0.1:)" + std::to_string(nobody.port()) +
                                 R"(/","event_types":["candidate.passed"]})");

  const Reply tested = post("/api/v1/public/webhooks/" + created.at("/id") + "/test/");

  EXPECT_EQ(tested.status, 200);
  EXPECT_EQ(tested.at("/status_code"), "null");
  EXPECT_EQ(tested.at("/message"), "Test failed — endpoint did not respond.");
}

}  // namespace
}  // namespace praxisync::sandbox
