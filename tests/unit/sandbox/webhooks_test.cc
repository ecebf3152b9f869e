#include <gmock/gmock.h>

#include "sandbox/signature.h"
#include "support/result_matchers.h"
#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using praxisync::testing_support::IsOk;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace testing_support;
using State = WebhookDelivery::State;

constexpr const char* kUrl = "https://acme.example/hooks";

/// An endpoint that answers as it is told and keeps what it got.
class Receiver final : public http::Transport {
 public:
  Result<http::Response> send(const http::Request& request) override {
    got.push_back(request);
    if (status == 0) return Error{ErrorKind::Transient, "nobody is there"};
    return http::Response{status, {}, ""};
  }

  std::vector<std::string> events() const {
    std::vector<std::string> names;
    for (const http::Request& request : got)
      names.push_back(Reply{200, {}, request.body}.at("/event"));
    return names;
  }

  int status = 200;
  std::vector<http::Request> got;
};

class WebhookDeliveries : public testing::Test {
 protected:
  Reply subscribe(const std::string& events, const std::string& url = kUrl) {
    return peer_.post("webhooks/", R"({"url":")" + url + R"(","event_types":[)" + events + "]}");
  }
  Reply subscribe_to_all() {
    return subscribe(
        R"("assessment.started","assessment.completed","candidate.passed","candidate.failed",)"
        R"("candidate.violation","invitation.expired","webhook.test")");
  }
  void deliver() { peer_.sandbox.deliver_due(receiver_); }
  const WebhookDelivery& delivery(std::size_t place) const {
    return peer_.sandbox.world().deliveries.at(place);
  }

  Peer peer_{roomy()};
  Receiver receiver_;
};

TEST(Signature, IsTheHexadecimalHmacOfTheRawBody) {
  // RFC 4231, test case 2.
  EXPECT_EQ(sign("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  // Python: hmac.new(b"whsec_0123", b'{"event":"webhook.test"}', hashlib.sha256).hexdigest()
  EXPECT_EQ(sign("whsec_0123", R"({"event":"webhook.test"})"),
            "0606d4a7e725ed1588e3bdb766ef1e276ec3f82dca3bc3fe759e289fd1ce642f");
}

TEST_F(WebhookDeliveries, CarryTheDocumentedPayloadAndItsSignature) {
  const std::string secret = subscribe(R"("candidate.passed")").at("/signing_secret");
  peer_.invite("jane@example.com");
  ASSERT_THAT(peer_.sandbox.finish("jane@example.com", kBackend, 85), IsOk());

  deliver();

  ASSERT_EQ(receiver_.got.size(), 1U);
  const http::Request& request = receiver_.got[0];
  EXPECT_EQ(request.method, http::Method::Post);
  EXPECT_EQ(request.url, kUrl);
  EXPECT_EQ(http::header(request.headers, "Content-Type"), "application/json");
  EXPECT_EQ(http::header(request.headers, "X-Praxicraft-Signature"), sign(secret, request.body));
  const Reply body{200, {}, request.body};
  EXPECT_EQ(body.at("/event"), "candidate.passed");
  EXPECT_EQ(body.at("/created_at"), format_timestamp(peer_.clock.now()));
  EXPECT_EQ(body.at("/data/session_id").size(), 36U);
  EXPECT_EQ(body.at("/data/assessment_id"), peer_.sandbox.world().assessments[0].id);
  EXPECT_EQ(body.at("/data/assessment_slug"), kBackend);
  EXPECT_EQ(body.at("/data/candidate_email"), "jane@example.com");
  EXPECT_EQ(body.at("/data/candidate_name"), "null");
  EXPECT_EQ(body.at("/data/score"), "255");
  EXPECT_EQ(body.at("/data/max_score"), "300");
  EXPECT_EQ(body.at("/data/passed"), "true");
  EXPECT_EQ(body.size("/data"), 8U);
}

TEST_F(WebhookDeliveries, TellTheWholeStoryInItsOrder) {
  subscribe_to_all();
  peer_.invite("jane@example.com");
  peer_.invite("late@example.com");
  ASSERT_THAT(peer_.sandbox.start("jane@example.com", kBackend), IsOk());
  peer_.clock.advance(hours{1});
  ASSERT_THAT(peer_.sandbox.violate("jane@example.com", kBackend, {1, 0}), IsOk());
  ASSERT_THAT(peer_.sandbox.finish("jane@example.com", kBackend, 40), IsOk());
  peer_.clock.advance(days{8});

  deliver();

  EXPECT_THAT(receiver_.events(),
              ElementsAre("assessment.started", "candidate.violation", "assessment.completed",
                          "candidate.failed", "invitation.expired"));
  const Reply expired{200, {}, receiver_.got.back().body};
  EXPECT_EQ(expired.at("/data/session_id"), "null");
  EXPECT_EQ(expired.at("/data/score"), "null");
  EXPECT_EQ(expired.at("/data/passed"), "null");
}

TEST_F(WebhookDeliveries, RaiseAViolationThatIsFirstSeenAtTheEnd) {
  subscribe(R"("candidate.violation")");
  peer_.invite("jane@example.com");

  ASSERT_THAT(peer_.sandbox.finish("jane@example.com", kBackend, 90, {0, 2}), IsOk());
  deliver();

  EXPECT_THAT(receiver_.events(), ElementsAre("candidate.violation"));
  EXPECT_EQ(peer_.sandbox.invitations_of("jane@example.com").at(0).violations, (Violations{0, 2}));
}

TEST_F(WebhookDeliveries, SayNothingOfAStartedInvitationThatExpires) {
  subscribe(R"("invitation.expired")");
  peer_.invite("jane@example.com");
  ASSERT_THAT(peer_.sandbox.start("jane@example.com", kBackend), IsOk());
  peer_.clock.advance(days{8});

  deliver();

  EXPECT_THAT(receiver_.got, IsEmpty());
}

TEST_F(WebhookDeliveries, LeaveOutWhatAWebhookDidNotSubscribeTo) {
  subscribe(R"("candidate.passed")", "https://acme.example/passed");
  subscribe(R"("candidate.failed")", "https://acme.example/failed");
  peer_.invite("jane@example.com");
  ASSERT_THAT(peer_.sandbox.finish("jane@example.com", kBackend, 10), IsOk());

  deliver();

  ASSERT_EQ(receiver_.got.size(), 1U);
  EXPECT_EQ(receiver_.got[0].url, "https://acme.example/failed");
}

TEST_F(WebhookDeliveries, OfOldEventsDoNotReachANewWebhook) {
  peer_.invite("jane@example.com");
  ASSERT_THAT(peer_.sandbox.finish("jane@example.com", kBackend, 90), IsOk());
  subscribe_to_all();

  deliver();

  EXPECT_THAT(receiver_.got, IsEmpty());
}

TEST_F(WebhookDeliveries, AreTriedAgainAfterEachWaitAndThenGivenUp) {
  subscribe(R"("assessment.started")");
  peer_.invite("jane@example.com");
  ASSERT_THAT(peer_.sandbox.start("jane@example.com", kBackend), IsOk());
  receiver_.status = 500;
  deliver();
  std::size_t attempts = 1;

  for (const Milliseconds wait : Deliveries::kWaits) {
    EXPECT_EQ(delivery(0).state, State::Waiting);
    peer_.clock.advance(wait - seconds{1});
    deliver();
    EXPECT_EQ(receiver_.got.size(), attempts) << "too early";
    peer_.clock.advance(seconds{1});
    deliver();
    EXPECT_EQ(receiver_.got.size(), ++attempts);
  }

  EXPECT_EQ(delivery(0).state, State::GivenUp);
  EXPECT_EQ(delivery(0).attempts, 7);
  EXPECT_EQ(delivery(0).last_status, 500);
  peer_.clock.advance(days{30});
  deliver();
  EXPECT_EQ(receiver_.got.size(), 7U);
}

TEST_F(WebhookDeliveries, ArriveWithTheSameBytesWhenTheyAreRetried) {
  subscribe(R"("assessment.started")");
  peer_.invite("jane@example.com");
  ASSERT_THAT(peer_.sandbox.start("jane@example.com", kBackend), IsOk());
  receiver_.status = 0;
  deliver();
  EXPECT_EQ(delivery(0).last_status, std::nullopt);
  receiver_.status = 204;
  peer_.clock.advance(seconds{10});

  deliver();

  ASSERT_EQ(receiver_.got.size(), 2U);
  EXPECT_EQ(receiver_.got[0].body, receiver_.got[1].body);
  EXPECT_EQ(receiver_.got[0].headers, receiver_.got[1].headers);
  EXPECT_EQ(delivery(0).state, State::Delivered);
}

TEST_F(WebhookDeliveries, GoOutInTheOrderOfTheirTimes) {
  subscribe(R"("assessment.started")");
  peer_.invite("first@example.com");
  peer_.invite("second@example.com");
  ASSERT_THAT(peer_.sandbox.start("first@example.com", kBackend), IsOk());
  receiver_.status = 503;
  deliver();
  peer_.clock.advance(seconds{5});
  ASSERT_THAT(peer_.sandbox.start("second@example.com", kBackend), IsOk());
  peer_.clock.advance(minutes{1});
  receiver_.status = 200;
  receiver_.got.clear();

  deliver();

  std::vector<std::string> emails;
  for (const http::Request& request : receiver_.got)
    emails.push_back(Reply{200, {}, request.body}.at("/data/candidate_email"));
  EXPECT_THAT(emails, ElementsAre("second@example.com", "first@example.com"));
}

TEST_F(WebhookDeliveries, QueueUpWhereNobodySends) {
  subscribe(R"("assessment.started")");
  peer_.invite("jane@example.com");
  ASSERT_THAT(peer_.sandbox.start("jane@example.com", kBackend), IsOk());

  ASSERT_EQ(peer_.sandbox.world().deliveries.size(), 1U);
  EXPECT_EQ(delivery(0).state, State::Waiting);
  EXPECT_EQ(delivery(0).attempts, 0);
  EXPECT_THAT(delivery(0).body, HasSubstr("assessment.started"));
}

TEST_F(WebhookDeliveries, OfATestVerifyTheWebhookAndAreTriedOnce) {
  const std::string id = subscribe(R"("candidate.passed")").at("/id");
  receiver_.status = 404;
  EXPECT_EQ(peer_.post("webhooks/" + id + "/test/").at("/is_verified"), "false");
  deliver();
  EXPECT_EQ(delivery(0).state, State::GivenUp);
  EXPECT_EQ(peer_.sandbox.ping_answer(0),
            R"({"message":"Test failed — endpoint responded with 404.","status_code":404,)"
            R"("is_verified":false})");
  receiver_.status = 200;
  peer_.post("webhooks/" + id + "/test/");

  deliver();

  EXPECT_THAT(receiver_.events(), ElementsAre("webhook.test", "webhook.test"));
  EXPECT_EQ(peer_.sandbox.ping_answer(1),
            R"({"message":"Test succeeded — endpoint responded with 200.","status_code":200,)"
            R"("is_verified":true})");
  EXPECT_TRUE(peer_.sandbox.world().webhooks[0].verified);
}

TEST_F(WebhookDeliveries, LeaveOutWhatHasNoValueWhereTheDocumentsMay) {
  Options options = roomy();
  options.optional_fields = OptionalFields::Missing;
  Peer peer(options);
  peer.post("webhooks/", R"({"url":"https://acme.example/","event_types":["assessment.started"]})");
  peer.invite("jane@example.com");
  ASSERT_THAT(peer.sandbox.start("jane@example.com", kBackend), IsOk());

  const Reply body{200, {}, peer.sandbox.world().deliveries.at(0).body};

  EXPECT_EQ(body.at("/data/score"), "(none)");
  EXPECT_EQ(body.at("/data/candidate_name"), "(none)");
  EXPECT_EQ(body.at("/data/max_score"), "300");
}

TEST_F(WebhookDeliveries, ChangeNoToken) {
  Peer without(roomy());
  subscribe_to_all();
  without.post("webhooks/", R"({"url":"https://a.example/","event_types":["webhook.test"]})");
  for (Peer* peer : {&peer_, &without}) {
    peer->invite("jane@example.com");
    ASSERT_THAT(peer->sandbox.finish("jane@example.com", kBackend, 90, {1, 1}), IsOk());
  }

  EXPECT_EQ(peer_.invite("joe@example.com"), without.invite("joe@example.com"));
}

TEST(Webhooks, TakeHttpsAndPlainHttpOnLoopbackOnly) {
  Peer peer(roomy());
  const auto status = [&](const std::string& url) {
    return peer.post("webhooks/", R"({"url":")" + url + R"(","event_types":["candidate.passed"]})")
        .status;
  };

  EXPECT_EQ(status("https://acme.example/hooks?x=1"), 201);
  EXPECT_EQ(status("http://127.0.0.1:8080/hooks"), 201);
  EXPECT_EQ(status("http://localhost:8080/"), 201);
  for (const char* url :
       {"http://acme.example/", "http://127.0.0.1.acme.example/", "http://127.0.0.1@acme.example/",
        "ftp://acme.example/", "acme.example", "https://", "https://user:password@acme.example/"}) {
    EXPECT_EQ(status(url), 400) << url;
  }
  EXPECT_EQ(status("https://acme.example/" + std::string(2048, 'a')), 400);
}

TEST(Webhooks, NameAnUnknownEventAsAValidationError) {
  Peer peer(roomy());

  for (const char* events : {R"(["candidate.sneezed"])", R"(["candidate.passed","x"])", "[1]", "[]",
                             R"("candidate.passed")", "null"}) {
    const Reply reply =
        peer.post("webhooks/",
                  std::string(R"({"url":"https://acme.example/","event_types":)") + events + "}");
    EXPECT_EQ(reply.status, 400) << events;
    EXPECT_EQ(reply.code(), "VALIDATION_ERROR") << events;
  }
  EXPECT_EQ(peer.get("webhooks/").at("/count"), "0");
}

TEST(Webhooks, KeepEachEventOnce) {
  Peer peer(roomy());

  peer.post(
      "webhooks/",
      R"({"url":"https://a.example/","event_types":["candidate.passed","candidate.passed"]})");

  EXPECT_EQ(peer.get("webhooks/").at("/results/0/event_types"), R"(["candidate.passed"])");
}

}  // namespace
}  // namespace praxisync::sandbox
