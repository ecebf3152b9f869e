// Answers with status 200 that are not, or not wholly, what the documents say.
#include <gmock/gmock.h>

#include "unit/assess/canned_transport.h"

namespace praxisync::assess {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

using Reading = WithClient;

const std::vector<std::string>& broken_bodies() {
  static const std::vector<std::string> bodies{
      "",
      "null",
      "[]",
      "42",
      "\"ok\"",
      "<html><body>Sign in</body></html>",
      R"({"results": [)",
      R"({"error": {"message": "Not now.", "code": "BUSY"}})",
      R"({"error": "no", "results": [], "invited": []})",
      std::string(100, '[') + std::string(100, ']'),
      "{\"results\": \"\xFF\"}",
      "{\"results\": \"\\ud800\"}"};
  return bodies;
}

TEST_F(Reading, ABrokenListIsMalformedAndNeverEmpty) {
  std::vector<std::string> bodies = broken_bodies();
  bodies.insert(bodies.end(), {"{}", R"({"results": null})", R"({"results": {}})",
                               R"({"count": 0})", R"({"results": [], "next": 2})"});
  for (const std::string& body : bodies) {
    for (int i = 0; i < 4; ++i) transport.answer(200, body);

    EXPECT_THAT(client.list_assessments({}), FailsWith(ErrorKind::Malformed)) << body;
    EXPECT_THAT(client.list_invites({}), FailsWith(ErrorKind::Malformed)) << body;
    EXPECT_THAT(client.list_results(kScreen, {}), FailsWith(ErrorKind::Malformed)) << body;
    EXPECT_THAT(client.list_pipelines({}), FailsWith(ErrorKind::Malformed)) << body;
  }
}

TEST_F(Reading, ABrokenResourceIsMalformed) {
  std::vector<std::string> bodies = broken_bodies();
  bodies.emplace_back("{}");
  for (const std::string& body : bodies) {
    for (int i = 0; i < 8; ++i) transport.answer(200, body);

    EXPECT_THAT(client.get_assessment(kScreen), FailsWith(ErrorKind::Malformed)) << body;
    EXPECT_THAT(client.get_organisation(), FailsWith(ErrorKind::Malformed)) << body;
    EXPECT_THAT(client.get_invite(InviteToken("t")), FailsWith(ErrorKind::Malformed)) << body;
    EXPECT_THAT(client.get_result(InviteToken("t")), FailsWith(ErrorKind::Malformed)) << body;
    EXPECT_THAT(client.get_pipeline(PipelineSlug("p")), FailsWith(ErrorKind::Malformed)) << body;
    EXPECT_THAT(client.get_enrollment(EnrollmentId("e")), FailsWith(ErrorKind::Malformed)) << body;
    EXPECT_THAT(client.create_invite(kScreen, {"a@x.y", "", ""}, SendInvitationEmail::No),
                FailsWith(ErrorKind::Malformed))
        << body;
    EXPECT_THAT(client.bulk_invite(kScreen, "{}"), FailsWith(ErrorKind::Malformed)) << body;
  }
}

TEST_F(Reading, ABrokenAnswerToAWriteThatMustBeLookedUpLeavesItsOutcomeUnknown) {
  for (const std::string& body : broken_bodies()) {
    for (int i = 0; i < 2; ++i) transport.answer(200, body);

    EXPECT_THAT(client.remind(InviteToken("t")), FailsWith(ErrorKind::OutcomeUnknown)) << body;
    EXPECT_THAT(client.enroll(PipelineSlug("p"), "a@x.y", ""), FailsWith(ErrorKind::OutcomeUnknown))
        << body;
  }
  transport.answer(200, "<html>");
  EXPECT_THAT(client.cancel(InviteToken("t")), FailsWith(ErrorKind::OutcomeUnknown));
  transport.answer(200, "{}");
  EXPECT_THAT(client.enroll(PipelineSlug("p"), "a@x.y", ""), FailsSaying("enrollment_id: missing"));
}

TEST_F(Reading, TheErrorNamesTheCallTheStatusAndThePath) {
  transport.answer(200, R"({"message": "Created", "invite_token": "", "status": "pending"})");

  const auto reply = client.create_invite(kScreen, {"a@x.y", "", ""}, SendInvitationEmail::No);

  EXPECT_EQ(reply.error().what, "create invitation: HTTP 200: invite_token: empty");
  EXPECT_EQ(reply.refusal(), Refusal::None);
}

TEST_F(Reading, ABadRowIsSetAsideAndTheRestGoOn) {
  transport.answer(200, R"({"next": "?cursor=n", "results": [
    {"invite_token": "t0", "assessment_slug": "s", "email": "a@x.y", "status": "pending"},
    {"invite_token": "t1", "assessment_slug": "s", "status": "pending"},
    "junk",
    {"invite_token": "t3", "assessment_slug": "s", "email": "d@x.y", "status": "pending", "sent_at": "secret@x.y"},
    {"invite_token": "t4", "assessment_slug": "s", "email": "e@x.y", "status": "pending", "new_field": [1]}]})");

  const auto page = client.list_invites({});

  ASSERT_THAT(page, IsOk());
  std::vector<std::string> tokens;
  for (const Invite& row : page->rows) tokens.push_back(row.token.reveal());
  EXPECT_THAT(tokens, ElementsAre("t0", "t4"));
  EXPECT_THAT(page->bad_rows, ElementsAre("results[1].email: missing", "results[2]: not an object",
                                          "results[3].sent_at: not an ISO 8601 time"));
  EXPECT_TRUE(page->next);
}

TEST_F(Reading, AScoreThatIsNoPercentageIsABadRow) {
  transport.answer(200, R"({"results": [
    {"invite_token": "t0", "status": "completed", "score_percentage": 100.5},
    {"invite_token": "t1", "status": "completed", "score_percentage": -1},
    {"invite_token": "t2", "status": "completed", "score_percentage": "85"},
    {"invite_token": "t3", "status": "completed", "score_percentage": 0},
    {"invite_token": "t4", "status": "completed", "score_percentage": 100},
    {"invite_token": "t5", "status": "completed", "time_spent_seconds": -5},
    {"invite_token": "t6", "status": "completed", "passed": "yes"}]})");

  const auto page = client.list_results(kScreen, {});

  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->rows.size(), 2U);
  EXPECT_THAT(page->bad_rows, ElementsAre("results[0].score_percentage: out of range",
                                          "results[1].score_percentage: out of range",
                                          "results[2].score_percentage: not a number",
                                          "results[5].time_spent_seconds: out of range",
                                          "results[6].passed: not true or false"));
}

TEST_F(Reading, MissingAndNullOptionalsAreTheSame) {
  transport.answer(200, R"({"results": [
    {"invite_token": 12, "status": "completed"},
    {"invite_token": 12, "status": "completed", "candidate_email": null, "candidate_name": null, "role": null,
     "score_percentage": null, "passed": null, "time_spent_seconds": null, "violation_counts": null,
     "started_at": null, "completed_at": null}]})");

  const auto page = client.list_results(kScreen, {});

  ASSERT_THAT(page, IsOk());
  ASSERT_EQ(page->rows.size(), 2U);
  for (const ResultRow& row : page->rows) {
    EXPECT_EQ(row.token.reveal(), "12");
    EXPECT_EQ(row.email, "");
    EXPECT_FALSE(row.score_percentage);
    EXPECT_FALSE(row.passed);
    EXPECT_FALSE(row.time_spent);
    EXPECT_FALSE(row.violations);
    EXPECT_FALSE(row.completed_at);
  }
}

TEST_F(Reading, AnUnknownStatusIsKeptAsText) {
  transport.answer(
      200,
      R"({"results": [{"invite_token": "t", "assessment_slug": "s", "email": "a@x.y", "status": "Paused by proctor"}]})");
  transport.answer(200, R"({"id": "e", "status": "On hold", "current_stage": null})");

  const auto page = client.list_invites({});
  const auto enrollment = client.get_enrollment(EnrollmentId("e"));

  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->rows[0].status, InviteStatus::Unknown);
  EXPECT_EQ(page->rows[0].status_text, "Paused by proctor");
  ASSERT_THAT(enrollment, IsOk());
  EXPECT_EQ(enrollment->status, EnrollmentStatus::Unknown);
  EXPECT_EQ(enrollment->status_text, "On hold");
}

TEST_F(Reading, ABadBulkRowIsSetAside) {
  transport.answer(
      200,
      R"({"invited": [{"email": "a@x.y"}, {"email": "b@x.y", "invite_token": "t"}], "skipped": [7]})");

  const auto answer = client.bulk_invite(kScreen, "{}");

  ASSERT_THAT(answer, IsOk());
  ASSERT_EQ(answer->invited.size(), 1U);
  EXPECT_EQ(answer->invited[0].email, "b@x.y");
  EXPECT_THAT(answer->bad_rows,
              ElementsAre("invited[0].invite_token: missing", "skipped[0]: not an object"));
}

TEST_F(Reading, ABulkAnswerMayLeaveOutAnEmptyList) {
  transport.answer(200, R"({"invited": [{"email": "b@x.y", "invite_token": "t"}]})");
  transport.answer(200, R"({"invited": null, "skipped": [{"email": "b@x.y", "reason": "error"}]})");

  EXPECT_EQ(client.bulk_invite(kScreen, "{}")->invited.size(), 1U);
  EXPECT_EQ(client.bulk_invite(kScreen, "{}")->skipped.size(), 1U);
}

TEST_F(Reading, AnUnreadableQuotaDoesNotLoseTheList) {
  transport.answer(
      200, R"({"results": [{"slug": "s"}], "meta": {"plan": "free", "invite_limit": "twenty"}})");

  const auto page = client.list_assessments({});

  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->rows.size(), 1U);
  EXPECT_FALSE(page->quota);
  EXPECT_THAT(page->bad_rows, ElementsAre("meta.invite_limit: not a number"));
}

TEST_F(Reading, ANextThatLeadsBackIsALoop) {
  transport.answer(200, R"({"results": [], "next": "https://x/?cursor=same"})");
  transport.answer(200, R"({"results": [], "next": "https://x/?page=1"})");

  EXPECT_THAT(client.list_invites(*PageToken::from_text("cursor=same")),
              FailsSaying("next: leads back"));
  EXPECT_THAT(client.list_invites({}), FailsWith(ErrorKind::Malformed));
}

TEST_F(Reading, ANextWithoutAPageEndsTheListAndIsReported) {
  transport.answer(200, R"({"results": [{"slug": "s"}], "next": "https://x/?offset=100"})");
  transport.answer(200, R"({"results": [{"slug": "s"}], "next": ""})");

  const auto odd = client.list_assessments({});
  const auto empty = client.list_assessments({});

  ASSERT_THAT(odd, IsOk());
  EXPECT_FALSE(odd->next);
  EXPECT_THAT(odd->bad_rows, ElementsAre(HasSubstr("next: ")));
  ASSERT_THAT(empty, IsOk());
  EXPECT_FALSE(empty->next);
  EXPECT_THAT(empty->bad_rows, IsEmpty());
}

TEST_F(Reading, AnAnswerForAnotherPersonIsMalformed) {
  transport.answer(
      200,
      R"({"invite_token": "other", "email": "a@x.y", "status": "completed", "assessment": {"slug": "s"}})");
  transport.answer(200, R"({"id": "other", "status": "completed"})");

  EXPECT_THAT(client.get_invite(InviteToken("mine")),
              FailsSaying("invite_token: not the one asked for"));
  EXPECT_THAT(client.get_enrollment(EnrollmentId("mine")),
              FailsSaying("id: not the one asked for"));
}

TEST_F(Reading, ABadPartOfADetailIsAFaultOfTheWhole) {
  transport.answer(200, R"({"status": "completed", "cases": [{"score": 1}, {"score": "x"}]})");
  transport.answer(200, R"({"stages": [{"order": 0}]})");
  transport.answer(
      200,
      R"({"id": "e", "status": "active", "history": [{"event": "stage_completed", "stage": 0, "score": 255}]})");

  EXPECT_THAT(client.get_result(InviteToken("t")), FailsSaying("cases[1].score: not a number"));
  EXPECT_THAT(client.get_pipeline(PipelineSlug("p")),
              FailsSaying("stages[0].assessment_slug: missing"));
  EXPECT_THAT(client.get_enrollment(EnrollmentId("e")),
              FailsSaying("history[0].score: out of range"));
}

}  // namespace
}  // namespace praxisync::assess
