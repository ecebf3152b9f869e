#include <gmock/gmock.h>

#include "support/result_matchers.h"
#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using praxisync::testing_support::FailsWith;
using praxisync::testing_support::IsOk;
using testing::ElementsAre;
using testing::MatchesRegex;
using namespace testing_support;
using std::chrono::days;
using std::chrono::hours;

TEST(Invites, CreatesOneWithAnAddressOfItsOwn) {
  Peer peer;

  const Reply reply =
      peer.post(kInvites, R"({"email":"Jane@Example.com","name":"Jane Doe","role":"Engineer"})");

  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.at("/message"), "Invitation created successfully.");
  EXPECT_THAT(reply.at("/invite_token"),
              MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_EQ(reply.at("/invite_url"), "https://praxicraft.com/take/" + reply.at("/invite_token"));
  EXPECT_EQ(reply.at("/expires_at"), format_timestamp(peer.clock.now() + days{7}));
  EXPECT_EQ(reply.at("/status"), "pending");
}

TEST(Invites, ReturnsTheSameOneForTheSamePersonAndAssessment) {
  Peer peer;
  const std::string token = peer.invite("jane@example.com");

  const Reply again = peer.post(kInvites, R"({"email":" JANE@example.com ","send_email":true})");

  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.at("/invite_token"), token);
  EXPECT_NE(peer.invite("jane@example.com", "deep"), token);
  EXPECT_EQ(peer.sandbox.emails_sent_to("jane@example.com"), 0);
}

TEST(Invites, CountsTheEmailsThatItSends) {
  Peer peer;
  const std::string token =
      peer.post(kInvites, R"({"email":"jane@example.com","send_email":true})").at("/invite_token");
  EXPECT_EQ(peer.sandbox.emails_sent_to("jane@example.com"), 1);

  peer.post("invites/" + token + "/remind/");

  EXPECT_EQ(peer.sandbox.emails_sent_to("jane@example.com"), 2);
}

TEST(Invites, RefusesAnAssessmentThatIsNotActive) {
  Peer peer;

  for (const char* slug : {"planned", "old"}) {
    const Reply reply = peer.post("assessments/" + std::string(slug) + "/invites/",
                                  R"({"email":"jane@example.com"})");
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.code(), "ASSESSMENT_NOT_ACTIVE");
    EXPECT_EQ(reply.message(), "This assessment is not active and cannot accept new invitations.");
  }
  EXPECT_EQ(peer.post("assessments/nope/invites/", R"({"email":"jane@example.com"})").status, 404);
  EXPECT_TRUE(peer.sandbox.world().invitations.empty());
}

TEST(Invites, ShowsTheStateOfOne) {
  Peer peer;
  const std::string token = peer.invite("jane@example.com");
  const std::string created = format_timestamp(peer.clock.now());
  peer.clock.advance(hours{2});
  ASSERT_THAT(peer.sandbox.start(token), IsOk());

  const Reply reply = peer.get("invites/" + token + "/");

  EXPECT_EQ(reply.at("/status"), "started");
  EXPECT_EQ(reply.at("/email"), "jane@example.com");
  EXPECT_EQ(reply.at("/name"), "null");
  EXPECT_EQ(reply.at("/assessment"),
            R"({"slug":"senior-backend-screen","title":"Senior Backend Engineer Screen"})");
  EXPECT_EQ(reply.at("/created_at"), created);
  EXPECT_EQ(reply.at("/started_at"), format_timestamp(peer.clock.now()));
  EXPECT_EQ(reply.at("/completed_at"), "null");
  EXPECT_EQ(reply.at("/reminded_at"), "null");
}

TEST(Invites, AnswersNotFoundForAnUnknownToken) {
  Peer peer;
  const std::string token = "invites/c7b3e2a1-1234-4678-abcd-ef0123456789/";

  EXPECT_EQ(peer.get(token).message(), "Invitation not found.");
  EXPECT_EQ(peer.post(token + "remind/").code(), "NOT_FOUND");
  EXPECT_EQ(peer.get(token + "result/").status, 404);
  EXPECT_EQ(peer.remove(token).status, 404);
}

TEST(Invites, RemindsOnlyWhoCanStillFinish) {
  Peer peer;
  const std::string token = peer.invite("jane@example.com");
  EXPECT_EQ(peer.post("invites/" + token + "/remind/").at("/message"), "Reminder sent.");
  EXPECT_EQ(peer.get("invites/" + token + "/").at("/reminded_at"),
            format_timestamp(peer.clock.now()));
  ASSERT_THAT(peer.sandbox.start(token), IsOk());
  EXPECT_EQ(peer.post("invites/" + token + "/remind/").status, 200);

  ASSERT_THAT(peer.sandbox.finish(token, 80), IsOk());

  EXPECT_EQ(peer.post("invites/" + token + "/remind/").status, 400);
}

TEST(Invites, CancelsOnlyWhoHasNotStarted) {
  Peer peer;
  const std::string token = peer.invite("jane@example.com");
  const std::string started = peer.invite("joe@example.com");
  ASSERT_THAT(peer.sandbox.start(started), IsOk());

  const Reply reply = peer.remove("invites/" + token + "/");

  EXPECT_EQ(reply.status, 204);
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(peer.get("invites/" + token + "/").status, 404);
  EXPECT_THAT(peer.get("invites/").column("/results", "email"), ElementsAre("joe@example.com"));
  EXPECT_EQ(peer.remove("invites/" + started + "/").status, 400);
  EXPECT_NE(peer.invite("jane@example.com"), token);
}

TEST(Invites, ListsTheWholeOrganisationNewestFirst) {
  Peer peer;
  peer.invite("a@example.com");
  peer.post("assessments/deep/invites/",
            R"({"email":"b@example.com","name":"Bea","send_email":true})");

  const Reply reply = peer.get("invites/");

  EXPECT_THAT(reply.column("/results", "email"), ElementsAre("b@example.com", "a@example.com"));
  EXPECT_THAT(reply.column("/results", "assessment_slug"), ElementsAre("deep", kBackend));
  EXPECT_THAT(reply.column("/results", "candidate_name"), ElementsAre("Bea", "null"));
  EXPECT_THAT(reply.column("/results", "sent_at"),
              ElementsAre(format_timestamp(peer.clock.now()), "null"));
  EXPECT_NE(reply.at("/results/0/expires_at"), "(none)");
}

TEST(Invites, ListsFewerFieldsInTheOlderDocuments) {
  Options options;
  options.documents = Documents::Old;
  Peer peer(options);
  peer.invite("a@example.com");

  const Reply reply = peer.get("invites/");

  for (const char* field :
       {"/results/0/candidate_name", "/results/0/role", "/results/0/created_at"}) {
    EXPECT_EQ(reply.at(field), "(none)") << field;
  }
  EXPECT_EQ(reply.at("/results/0/status"), "pending");
}

TEST(Invites, ExpireAfterSevenDaysAndNotBefore) {
  Peer peer;
  const std::string pending = peer.invite("a@example.com");
  const std::string started = peer.invite("b@example.com");
  ASSERT_THAT(peer.sandbox.start(started), IsOk());

  peer.clock.advance(days{7} - Milliseconds{1});
  EXPECT_EQ(peer.get("invites/" + pending + "/").at("/status"), "pending");

  peer.clock.advance(Milliseconds{1});
  EXPECT_EQ(peer.get("invites/" + pending + "/").at("/status"), "expired");
  EXPECT_EQ(peer.get("invites/" + started + "/").at("/status"), "expired");
  EXPECT_EQ(peer.post("invites/" + pending + "/remind/").status, 400);
  EXPECT_EQ(peer.remove("invites/" + pending + "/").status, 400);
}

TEST(Invites, KeepTheExpiredOneForWhoIsInvitedAgain) {
  Peer peer;
  const std::string token = peer.invite("a@example.com");
  peer.clock.advance(days{8});

  const Reply again = peer.post(kInvites, R"({"email":"a@example.com"})");

  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.at("/status"), "expired");
  EXPECT_EQ(again.at("/invite_token"), token);
}

TEST(Invites, RenewTheExpiredOneWhereAskedTo) {
  Options options;
  options.expired_invitation = ExpiredInvitation::Renewed;
  Peer peer(options);
  const std::string token = peer.invite("a@example.com");
  peer.clock.advance(days{8});

  const Reply again = peer.post(kInvites, R"({"email":"a@example.com"})");

  EXPECT_EQ(again.status, 201);
  EXPECT_NE(again.at("/invite_token"), token);
  EXPECT_EQ(peer.get("invites/" + token + "/").at("/status"), "expired");
  EXPECT_EQ(peer.sandbox.invitations_of("a@example.com").size(), 2U);
}

TEST(Invites, GiveTheAddressBackInLowerCaseWhereAskedTo) {
  Options options;
  options.email_case = EmailCase::Lowered;
  Peer peer(options);
  peer.invite("Jane@Example.com");

  EXPECT_EQ(peer.get("invites/").at("/results/0/email"), "jane@example.com");
  EXPECT_EQ(Peer(roomy()).bulk(R"([{"email":"Jane@Example.com"}])").at("/invited/0/email"),
            "Jane@Example.com");
}

TEST(Results, AreThereOnceCompletedNewestFirst) {
  Peer peer;
  for (const char* email : {"a@example.com", "b@example.com", "c@example.com"}) peer.invite(email);
  peer.clock.advance(hours{1});
  ASSERT_THAT(peer.sandbox.start("a@example.com", kBackend), IsOk());
  ASSERT_THAT(peer.sandbox.start("b@example.com", kBackend), IsOk());
  peer.clock.advance(Milliseconds{4'460'000});
  ASSERT_THAT(peer.sandbox.finish("a@example.com", kBackend, 85, {0, 2}), IsOk());
  peer.clock.advance(Milliseconds{1000});
  ASSERT_THAT(peer.sandbox.finish("b@example.com", kBackend, 69.5), IsOk());

  const Reply reply = peer.get("assessments/senior-backend-screen/results/");

  EXPECT_THAT(reply.column("/results", "candidate_email"),
              ElementsAre("b@example.com", "a@example.com"));
  EXPECT_THAT(reply.column("/results", "passed"), ElementsAre("false", "true"));
  EXPECT_THAT(reply.column("/results", "score_percentage"), ElementsAre("69.5", "85.0"));
  EXPECT_THAT(reply.column("/results", "status"), ElementsAre("completed", "completed"));
  EXPECT_EQ(reply.at("/results/1/time_spent_seconds"), "4460");
  EXPECT_EQ(reply.at("/results/1/violation_counts"),
            R"({"copy_paste_violations":2,"fullscreen_violations":0})");
  EXPECT_EQ(reply.at("/results/1/invite_token"), peer.sandbox.token_of("a@example.com", kBackend));
}

TEST(Results, BreakTheScoreDownOverTheTasks) {
  Peer peer;
  const std::string token = peer.invite("jane@example.com");
  ASSERT_THAT(peer.sandbox.start(token), IsOk());
  peer.clock.advance(hours{1});
  ASSERT_THAT(peer.sandbox.finish(token, 85), IsOk());

  const Reply reply = peer.get("invites/" + token + "/result/");

  EXPECT_EQ(reply.at("/assessment"), "Senior Backend Engineer Screen");
  EXPECT_EQ(reply.at("/score"), "255");
  EXPECT_EQ(reply.at("/max_score"), "300");
  EXPECT_EQ(reply.at("/passing_score"), "70");
  EXPECT_EQ(reply.at("/passed"), "true");
  EXPECT_THAT(reply.column("/cases", "case_order"), ElementsAre("1", "2", "3"));
  EXPECT_THAT(reply.column("/cases", "score"), ElementsAre("100", "100", "55"));
  EXPECT_THAT(reply.column("/cases", "status"), ElementsAre("correct", "correct", "incorrect"));
  EXPECT_THAT(reply.column("/cases", "time_spent_seconds"), ElementsAre("1200", "1200", "1200"));
  EXPECT_EQ(
      reply.at("/detailed_report_url"),
      "https://app.praxicraft.io/api/v1/assess/assessments/senior-backend-screen/results/" + token);
}

TEST(Results, GiveTheReportAsAPathInTheOlderDocuments) {
  Options options;
  options.documents = Documents::Old;
  Peer peer(options);
  const std::string token = peer.invite("jane@example.com");
  ASSERT_THAT(peer.sandbox.finish(token, 50), IsOk());

  EXPECT_EQ(peer.get("invites/" + token + "/result/").at("/detailed_report_url"),
            "/api/v1/assess/assessments/senior-backend-screen/results/" + token);
  const Reply list = peer.get("assessments/senior-backend-screen/results/");
  EXPECT_EQ(list.at("/results/0/role"), "(none)");
  EXPECT_EQ(list.at("/results/0/violation_counts"), "(none)");
  EXPECT_EQ(list.at("/next"), "(none)");
}

TEST(Results, SayPassedFalseOfASessionThatIsNotOver) {
  Peer peer;
  const std::string token = peer.invite("jane@example.com");
  EXPECT_EQ(peer.get("invites/" + token + "/result/").message(), "Result not found.");
  ASSERT_THAT(peer.sandbox.start(token), IsOk());

  const Reply reply = peer.get("invites/" + token + "/result/");

  EXPECT_EQ(reply.at("/status"), "started");
  EXPECT_EQ(reply.at("/passed"), "false");
  EXPECT_EQ(reply.at("/completed_at"), "null");
  EXPECT_EQ(peer.get("assessments/senior-backend-screen/results/").size("/results"), 0U);
}

TEST(Hands, RefuseStepsThatTheStateDoesNotAllow) {
  Peer peer;
  const std::string token = peer.invite("jane@example.com");
  ASSERT_THAT(peer.sandbox.finish(token, 100), IsOk());

  EXPECT_THAT(peer.sandbox.start(token), FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(peer.sandbox.finish(token, 100), FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(peer.sandbox.expire(token), FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(peer.sandbox.start("nobody@example.com", kBackend), FailsWith(ErrorKind::Rejected));
}

TEST(Hands, ExpireAnInvitationEarly) {
  Peer peer;
  const std::string token = peer.invite("jane@example.com");

  ASSERT_THAT(peer.sandbox.expire("jane@example.com", kBackend), IsOk());

  EXPECT_EQ(peer.get("invites/" + token + "/").at("/status"), "expired");
}

}  // namespace
}  // namespace praxisync::sandbox
