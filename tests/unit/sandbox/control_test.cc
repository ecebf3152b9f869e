#include "sandbox/control.h"

#include <gmock/gmock.h>

#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using namespace testing_support;
using std::chrono::days;
using std::chrono::hours;

class Control : public testing::Test {
 protected:
  Control() {
    sandbox_.add_key(kKey);
    sandbox_.add_assessment(kBackend, "Senior Backend Engineer Screen");
  }

  Reply ask(http::Method method, std::string path, std::string body = {}) {
    return reply_of(
        control(sandbox_, clock_, {method, "http://127.0.0.1:1" + path, {}, std::move(body)}));
  }
  Reply post(std::string path, std::string body) {
    return ask(http::Method::Post, std::move(path), std::move(body));
  }
  std::string invite(const std::string& email) {
    http::Request request{
        http::Method::Post,
        "http://127.0.0.1:1/api/v1/public/assessments/senior-backend-screen/invites/",
        {{"Authorization", std::string("Bearer ") + kKey}, {"Content-Type", "application/json"}},
        R"({"email":")" + email + "\"}"};
    return reply_of(sandbox_.handle(request)).at("/invite_token");
  }

  DrivenClock clock_{Timestamp{Milliseconds{1'767'600'000'000}}};
  AssessSandbox sandbox_{clock_, roomy()};
};

TEST_F(Control, ShowsAPageOfItsOwnThatNeedsNothingElse) {
  const Reply reply = ask(http::Method::Get, "/");

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(reply.body, testing::StartsWith("<!doctype html>"));
  EXPECT_THAT(reply.body, testing::EndsWith("</html>\n"));
  for (const char* elsewhere : {"src=", "href=", "@import", "http://", "https://"})
    EXPECT_THAT(reply.body, testing::Not(testing::HasSubstr(elsewhere)));
}

TEST_F(Control, ShowsWhatPeopleTypedAsTextOnly) {
  const std::string page = ask(http::Method::Get, "/").body;

  for (const char* parses_markup : {"innerHTML", "outerHTML", "insertAdjacentHTML",
                                    "document.write", "DOMParser", "eval(", "srcdoc"})
    EXPECT_THAT(page, testing::Not(testing::HasSubstr(parses_markup)));
  EXPECT_THAT(ask(http::Method::Get, "/").header("Content-Security-Policy"),
              testing::StartsWith("default-src 'none'"));
}

TEST_F(Control, GivesItsStateWithoutASecret) {
  const std::string token = invite("<b>jane</b>@example.com");
  const std::string joe = invite("joe@example.com");
  ASSERT_EQ(post("/__sandbox/candidates", R"({"token":")" + joe + R"(","do":"finish","score":80})")
                .status,
            200);

  const Reply reply = ask(http::Method::Get, "/__sandbox/state");

  EXPECT_EQ(token, "(none)");
  EXPECT_EQ(reply.header("Content-Type"), "application/json");
  EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(reply.at("/now"), "2026-01-05T08:00:00Z");
  EXPECT_EQ(reply.at("/organisation/plan"), "enterprise");
  EXPECT_EQ(reply.at("/limits/writes/remaining"), "9998");
  EXPECT_EQ(reply.at("/invitations_by_state/passed"), "1");
  EXPECT_EQ(reply.at("/assessments/0/invitations/completed"), "1");
  EXPECT_EQ(reply.at("/invitations/0/email"), "joe@example.com");
  EXPECT_EQ(reply.at("/invitations/0/score_percentage"), "80.0");
  EXPECT_EQ(reply.at("/keys/0/key"), "ct_live_…");
  EXPECT_THAT(reply.body, testing::Not(testing::HasSubstr(joe)));
  EXPECT_THAT(reply.body, testing::Not(testing::HasSubstr(kKey)));
}

TEST_F(Control, SetsTheClockButNeverBack) {
  EXPECT_EQ(post("/__sandbox/clock", R"({"set":"2026-02-01T00:00:00Z"})").at("/now"),
            "2026-02-01T00:00:00Z");
  EXPECT_EQ(post("/__sandbox/clock", R"({"set":"2026-01-31T00:00:00Z"})").status, 400);
  EXPECT_EQ(post("/__sandbox/clock", R"({"set":"tomorrow"})").status, 400);
  EXPECT_EQ(post("/__sandbox/clock", R"({"set":5})").status, 400);
  EXPECT_EQ(post("/__sandbox/clock", "").at("/now"), "2026-02-01T00:00:00Z");
}

TEST_F(Control, MakesACandidateViolate) {
  const std::string token = invite("jane@example.com");
  const auto violate = [&](const std::string& counts) {
    return post("/__sandbox/candidates",
                R"({"token":")" + token + R"(","do":"violate")" + counts + "}")
        .status;
  };

  EXPECT_EQ(violate(""), 400) << "not started";
  ASSERT_EQ(post("/__sandbox/candidates", R"({"token":")" + token + R"(","do":"start"})").status,
            200);
  EXPECT_EQ(violate(""), 200);
  EXPECT_EQ(violate(R"(,"fullscreen":2)"), 200);
  EXPECT_EQ(violate(R"(,"fullscreen":-1)"), 400);

  EXPECT_EQ(sandbox_.invitations_of("jane@example.com").at(0).violations, (Violations{2, 1}));
}

TEST_F(Control, TakesFaultsBack) {
  post("/__sandbox/faults", R"({"fault":"drop_before"})");

  EXPECT_EQ(ask(http::Method::Delete, "/__sandbox/faults").at("/waiting"), "0");

  EXPECT_EQ(sandbox_.faults().waiting(), 0U);
}

TEST_F(Control, ShowsWebhookDeliveriesByteForByte) {
  http::Request request{
      http::Method::Post,
      "http://127.0.0.1:1/api/v1/public/webhooks/",
      {{"Authorization", std::string("Bearer ") + kKey}, {"Content-Type", "application/json"}},
      R"({"url":"https://acme.example/","event_types":["assessment.started"]})"};
  ASSERT_EQ(sandbox_.handle(request).status, 201);
  ASSERT_TRUE(sandbox_.start(invite("jane@example.com")));

  const Reply reply = ask(http::Method::Get, "/__sandbox/deliveries");

  EXPECT_EQ(reply.at("/count"), "1");
  EXPECT_EQ(reply.at("/results/0/state"), "waiting");
  EXPECT_EQ(reply.at("/results/0/body"), sandbox_.world().deliveries[0].body);
  EXPECT_EQ(reply.at("/results/0/signature"), sandbox_.world().deliveries[0].signature);
}

TEST_F(Control, DrivesTheClock) {
  EXPECT_EQ(post("/__sandbox/clock", R"({"advance":"1h30m"})").at("/now"), "2026-01-05T09:30:00Z");
  EXPECT_EQ(post("/__sandbox/clock", "").at("/now"), "2026-01-05T09:30:00Z");
  EXPECT_EQ(post("/__sandbox/clock", R"({"advance":"soon"})").status, 400);
  EXPECT_EQ(post("/__sandbox/clock", R"({"advance":60})").status, 400);
}

TEST_F(Control, MovesACandidate) {
  const std::string token = invite("jane@example.com");

  EXPECT_EQ(
      post("/__sandbox/candidates",
           R"({"email":"jane@example.com","assessment":"senior-backend-screen","do":"start"})")
          .status,
      200);
  EXPECT_EQ(
      post(
          "/__sandbox/candidates",
          R"({"email":"jane@example.com","assessment":"senior-backend-screen","do":"finish","score":85})")
          .status,
      200);
  EXPECT_EQ(
      post("/__sandbox/candidates",
           R"({"email":"jane@example.com","assessment":"senior-backend-screen","do":"expire"})")
          .status,
      400);

  EXPECT_EQ(sandbox_.invitations_of("jane@example.com").at(0).score_percentage, 85);
}

TEST_F(Control, RefusesACandidateOrScoreThatThereIsNot) {
  invite("jane@example.com");

  for (
      const char* body :
      {R"({"email":"joe@example.com","assessment":"senior-backend-screen","do":"start"})", "{}",
       "[]", "{",
       R"({"email":"jane@example.com","assessment":"senior-backend-screen","do":"dance"})",
       R"({"email":"jane@example.com","assessment":"senior-backend-screen","do":"finish","score":101})",
       R"({"email":"jane@example.com","assessment":"senior-backend-screen","do":"finish"})"}) {
    EXPECT_EQ(post("/__sandbox/candidates", body).status, 400) << body;
  }
}

TEST_F(Control, QueuesFaults) {
  const Reply reply =
      post("/__sandbox/faults",
           R"({"fault":"status","method":"GET","path":"org/","skip":1,"times":2,"status":503,)"
           R"("headers":{"Retry-After":"5"},"body":"x","delay":"2s"})");

  EXPECT_EQ(reply.at("/waiting"), "1");
  const http::Request request{http::Method::Get, "http://127.0.0.1:1/api/v1/public/org/"};
  EXPECT_EQ(sandbox_.deliver(request).response->status, 401);
  EXPECT_EQ(sandbox_.deliver(request).response->status, 503);
}

TEST_F(Control, RefusesFaultsThatItDoesNotKnow) {
  for (const char* body :
       {"{}", R"({"fault":"explode"})", R"({"fault":"status","method":"HEAD"})",
        R"({"fault":"status","status":99})", R"({"fault":"status","times":0})",
        R"({"fault":"delay","delay":"2h"})", R"({"fault":"status","headers":[]})",
        R"({"fault":"status","headers":{"A":1}})"}) {
    EXPECT_EQ(post("/__sandbox/faults", body).status, 400) << body;
  }
  EXPECT_EQ(sandbox_.faults().waiting(), 0U);
}

TEST_F(Control, TellsTheTruthInNumbers) {
  invite("jane@example.com");
  invite("joe@example.com");
  clock_.advance(days{8});

  const Reply reply = ask(http::Method::Get, "/__sandbox/truth");

  EXPECT_EQ(reply.at("/invitations"), "2");
  EXPECT_EQ(reply.at("/expired"), "2");
  EXPECT_EQ(reply.at("/invited_twice"), "0");
  EXPECT_EQ(reply.at("/requests/writes"), "2");
}

TEST_F(Control, KnowsNoOtherPath) {
  EXPECT_EQ(ask(http::Method::Get, "/__sandbox/nope").status, 404);
  EXPECT_EQ(post("/__sandbox/truth", "{}").status, 404);
  EXPECT_FALSE(is_control_path("/api/v1/public/org/"));
}

TEST(DrivenClock, RunsAheadOfItsBase) {
  FakeClock base;
  DrivenClock clock(base);
  const Timestamp start = base.now();

  clock.advance(hours{5});
  base.advance(hours{1});
  clock.advance(hours{-3});
  clock.sleep_until(start);

  EXPECT_EQ(clock.now() - start, hours{6});
  clock.sleep_until(start + hours{9});
  EXPECT_EQ(clock.now() - start, hours{9});
}

}  // namespace
}  // namespace praxisync::sandbox
