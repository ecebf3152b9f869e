#include <gmock/gmock.h>

#include "support/result_matchers.h"
#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using praxisync::testing_support::IsOk;
using testing::ElementsAre;
using namespace testing_support;

constexpr const char* kJane = R"({"email":"jane@example.com","name":"Jane"})";

TEST(Pipelines, AreListedWithTheirStageCount) {
  Peer peer;

  const Reply reply = peer.get("pipelines/");

  EXPECT_EQ(reply.at("/count"), "1");
  EXPECT_EQ(reply.at("/results/0/slug"), "grad");
  EXPECT_EQ(reply.at("/results/0/stage_count"), "2");
}

TEST(Pipelines, ShowTheirStagesInOrder) {
  Peer peer;

  const Reply reply = peer.get("pipelines/grad/");

  EXPECT_THAT(reply.column("/stages", "order"), ElementsAre("0", "1"));
  EXPECT_THAT(reply.column("/stages", "assessment_slug"), ElementsAre("initial", "deep"));
  EXPECT_EQ(reply.at("/stages/1/assessment_title"), "Technical Deep Dive");
  EXPECT_EQ(reply.at("/stages/1/assessment_id"), peer.get("assessments/deep/").at("/id"));
  EXPECT_EQ(peer.get("pipelines/nope/").message(), "Pipeline not found.");
}

TEST(Enroll, InvitesToTheFirstStage) {
  Peer peer;

  const Reply reply = peer.post("pipelines/grad/enroll/", kJane);

  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.at("/message"), "Candidate enrolled successfully.");
  EXPECT_EQ(reply.at("/status"), "active");
  EXPECT_EQ(reply.at("/current_stage"), "0");
  EXPECT_EQ(peer.sandbox.emails_sent_to("jane@example.com"), 1);
  EXPECT_NE(peer.sandbox.token_of("jane@example.com", "initial"), "");
  EXPECT_EQ(peer.sandbox.world().invites_used(peer.clock.now()), 1);
}

TEST(Enroll, LeadsFromStageToStageToTheEnd) {
  Peer peer;
  const std::string path = "pipelines/enrollments/" + peer.enroll("jane@example.com") + "/";
  const std::string enrolled_at = format_timestamp(peer.clock.now());

  ASSERT_THAT(peer.sandbox.finish("jane@example.com", "initial", 95), IsOk());
  EXPECT_EQ(peer.get(path).at("/status"), "active");
  EXPECT_EQ(peer.get(path).at("/current_stage"), "1");
  EXPECT_EQ(peer.sandbox.emails_sent_to("jane@example.com"), 2);

  ASSERT_THAT(peer.sandbox.finish("jane@example.com", "deep", 72.5), IsOk());
  const Reply reply = peer.get(path);
  EXPECT_EQ(reply.at("/status"), "completed");
  EXPECT_EQ(reply.at("/current_stage"), "1");
  EXPECT_EQ(reply.at("/history"), R"([{"event":"enrolled","timestamp":")" + enrolled_at +
                                      R"("},{"event":"stage_completed","score":95,"stage":0},)"
                                      R"({"event":"stage_completed","score":72.5,"stage":1}])");
}

TEST(Enroll, EndsWithTheFirstStageThatIsFailed) {
  Peer peer;
  const std::string id = peer.enroll("jane@example.com");

  ASSERT_THAT(peer.sandbox.finish("jane@example.com", "initial", 59), IsOk());

  const Reply reply = peer.get("pipelines/enrollments/" + id + "/");
  EXPECT_EQ(reply.at("/status"), "rejected");
  EXPECT_EQ(reply.at("/current_stage"), "0");
  EXPECT_EQ(reply.at("/history/1/score"), "59");
  EXPECT_EQ(peer.sandbox.token_of("jane@example.com", "deep"), "");
}

TEST(Enroll, UsesAnInvitationThatThePersonHas) {
  Peer peer;
  const std::string token = peer.invite("jane@example.com", "initial");

  const std::string id = peer.enroll("Jane@Example.com");

  EXPECT_EQ(peer.sandbox.invitations_of("jane@example.com").size(), 1U);
  EXPECT_EQ(peer.sandbox.emails_sent_to("jane@example.com"), 0);
  ASSERT_THAT(peer.sandbox.finish(token, 80), IsOk());
  EXPECT_EQ(peer.get("pipelines/enrollments/" + id + "/").at("/current_stage"), "1");
}

TEST(Enroll, PassesAStageThatThePersonHasCompletedBefore) {
  Peer peer;
  peer.invite("jane@example.com", "initial");
  ASSERT_THAT(peer.sandbox.finish("jane@example.com", "initial", 80), IsOk());

  const Reply reply = peer.post("pipelines/grad/enroll/", kJane);

  EXPECT_EQ(reply.at("/current_stage"), "1");
  EXPECT_NE(peer.sandbox.token_of("jane@example.com", "deep"), "");
}

TEST(Enroll, EnrollsTwiceUnlessAskedNotTo) {
  Peer peer;
  const std::string first = peer.enroll("jane@example.com");

  const Reply again = peer.post("pipelines/grad/enroll/", kJane);

  EXPECT_EQ(again.status, 201);
  EXPECT_NE(again.at("/enrollment_id"), first);
  EXPECT_EQ(peer.sandbox.enrollments_of("jane@example.com").size(), 2U);
}

TEST(Enroll, ReturnsTheSameOneWhereAskedTo) {
  Options options;
  options.enroll_again = EnrollAgain::Same;
  Peer peer(options);
  const std::string first = peer.enroll("jane@example.com");

  const Reply again = peer.post("pipelines/grad/enroll/", R"({"email":"JANE@example.com"})");

  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.at("/enrollment_id"), first);
  EXPECT_EQ(peer.sandbox.enrollments_of("jane@example.com").size(), 1U);
}

TEST(Enroll, RefusesASecondTimeWhereAskedTo) {
  Options options;
  options.enroll_again = EnrollAgain::Refused;
  Peer peer(options);
  const std::string first = peer.enroll("jane@example.com");

  const Reply again = peer.post("pipelines/grad/enroll/", kJane);

  EXPECT_EQ(again.status, 400);
  EXPECT_EQ(again.code(), "ALREADY_ENROLLED");
  EXPECT_EQ(again.body.find(first), std::string::npos);
}

TEST(Enroll, ChecksTheAddressTheQuotaAndTheFirstStage) {
  Options options;
  options.invite_limit = 1;
  Peer peer(options);
  peer.sandbox.add_pipeline("stale", "Stale", {"old", "deep"});

  EXPECT_EQ(peer.post("pipelines/grad/enroll/", R"({"name":"Jane"})").code(), "MISSING_EMAIL");
  EXPECT_EQ(peer.post("pipelines/grad/enroll/", R"({"email":"x"})").code(), "VALIDATION_ERROR");
  EXPECT_EQ(peer.post("pipelines/nope/enroll/", kJane).code(), "NOT_FOUND");
  EXPECT_EQ(peer.post("pipelines/stale/enroll/", kJane).code(), "ASSESSMENT_NOT_ACTIVE");
  EXPECT_EQ(peer.post("pipelines/grad/enroll/", kJane).status, 201);
  EXPECT_EQ(peer.post("pipelines/grad/enroll/", R"({"email":"joe@example.com"})").code(),
            "INVITE_QUOTA_EXCEEDED");
  EXPECT_EQ(peer.get("pipelines/enrollments/nope/").status, 404);
}

}  // namespace
}  // namespace praxisync::sandbox
