#include <gmock/gmock.h>

#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using testing::ElementsAre;
using namespace testing_support;

TEST(Assessments, ListsTheActiveOnesUnlessAskedForOthers) {
  Peer peer;

  EXPECT_THAT(peer.get("assessments/").column("/results", "slug"),
              ElementsAre(kBackend, "initial", "deep"));
  EXPECT_THAT(peer.get("assessments/?status=draft").column("/results", "slug"),
              ElementsAre("planned"));
  EXPECT_THAT(peer.get("assessments/?status=archived").column("/results", "slug"),
              ElementsAre("old"));
  EXPECT_EQ(peer.get("assessments/?status=any").status, 400);
}

TEST(Assessments, FindsAPartOfTheTitleInAnyCase) {
  Peer peer;

  EXPECT_THAT(peer.get("assessments/?search=DEEP+dive").column("/results", "slug"),
              ElementsAre("deep"));
  EXPECT_THAT(peer.get("assessments/?search=backend&status=draft").column("/results", "slug"),
              ElementsAre("planned"));
  EXPECT_EQ(peer.get("assessments/?search=nurse").size("/results"), 0U);
}

TEST(Assessments, TellsTheMonthsQuotaWithTheList) {
  Options options;
  options.plan = Plan::Starter;
  Peer peer(options);
  peer.invite("a@example.com");

  const Reply reply = peer.get("assessments/");

  EXPECT_EQ(reply.at("/meta"),
            R"({"invite_limit":100,"invites_remaining":99,"invites_used":1,"plan":"starter"})");
  EXPECT_EQ(reply.at("/results/0/invitation_count"), "1");
}

TEST(Assessments, GivesOneInFull) {
  Peer peer;

  const Reply reply = peer.get("assessments/senior-backend-screen/");

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.at("/title"), "Senior Backend Engineer Screen");
  EXPECT_EQ(reply.at("/status"), "active");
  EXPECT_EQ(reply.at("/passing_score"), "70");
  EXPECT_EQ(reply.at("/case_count"), "3");
  EXPECT_EQ(reply.at("/time_limit_minutes"), "90");
  EXPECT_EQ(reply.at("/created_at"), format_timestamp(peer.clock.now()));
  EXPECT_EQ(reply.at("/updated_at"), reply.at("/created_at"));
}

TEST(Assessments, AnswersNotFoundForAnUnknownSlug) {
  Peer peer;

  for (const char* path :
       {"assessments/nope/", "assessments/nope/cases/", "assessments/nope/results/"}) {
    const Reply reply = peer.get(path);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_EQ(reply.code(), "NOT_FOUND") << path;
    EXPECT_EQ(reply.message(), "Assessment not found.") << path;
  }
}

TEST(Assessments, ListsTheTasksInTheirOrder) {
  Peer peer;

  const Reply reply = peer.get("assessments/deep/cases/");

  EXPECT_THAT(reply.column("/results", "order"), ElementsAre("0", "1", "2", "3"));
  EXPECT_THAT(reply.column("/results", "type"),
              ElementsAre("platform", "platform", "org", "platform"));
  EXPECT_EQ(reply.at("/results/0/case_type"), "sql");
  EXPECT_NE(reply.at("/results/0/description"), "(none)");
}

TEST(Assessments, LeavesOutWhatTheOlderDocumentsDoNotHave) {
  Options options;
  options.documents = Documents::Old;
  Peer peer(options);

  const Reply list = peer.get("assessments/");
  const Reply one = peer.get("assessments/initial/");

  EXPECT_EQ(list.at("/results/0/description"), "(none)");
  EXPECT_EQ(list.at("/results/0/updated_at"), "(none)");
  EXPECT_EQ(list.at("/results/0/invitation_count"), "0");
  EXPECT_EQ(one.at("/invitation_count"), "(none)");
  EXPECT_NE(one.at("/created_at"), "(none)");
  EXPECT_EQ(peer.get("assessments/deep/cases/").at("/results/0/description"), "(none)");
}

TEST(Assessments, LeavesOutFieldsWithoutAValueWhereAskedTo) {
  Options options;
  options.optional_fields = OptionalFields::Missing;
  Peer nulls;
  Peer gaps(options);
  nulls.sandbox.add_assessment("short", "Short", AssessmentStatus::Active, 50, 1);
  gaps.sandbox.add_assessment("short", "Short", AssessmentStatus::Active, 50, 1);

  EXPECT_EQ(nulls.get("assessments/short/").at("/time_limit_minutes"), "null");
  EXPECT_EQ(gaps.get("assessments/short/").at("/time_limit_minutes"), "(none)");
}

}  // namespace
}  // namespace praxisync::sandbox
