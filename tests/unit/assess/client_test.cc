// Each endpoint: what is sent, and what the documents' own example answers are read as. The
// examples are those of the API's pages, seeds 001 to 004.
#include "assess/client.h"

#include <gmock/gmock.h>

#include "unit/assess/asks.h"
#include "unit/assess/canned_transport.h"

namespace praxisync::assess {
namespace {

using http::Cost;
using http::Method;
using http::Repeat;
using testing::ElementsAre;
using testing::IsEmpty;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

Timestamp at(std::string_view text) { return parse_timestamp(text).value(); }

using ClientTest = WithClient;

constexpr std::string_view kAssessmentsByCursor = R"({
  "next": "https://app.praxicraft.io/api/v1/public/assessments/?cursor=cD0yMDI1LTA0...",
  "previous": null,
  "results": [{
    "id": "d290f1ee-6c54-4b01-90e6-d701748f0851", "title": "Senior Backend Engineer Screen",
    "slug": "senior-backend-screen",
    "description": "A 3-task technical screen covering SQL, Python, and system design.",
    "status": "active", "case_count": 3, "time_limit_minutes": 90, "passing_score": 70,
    "invitation_count": 12, "enforce_fullscreen": true, "copy_paste_disabled": false,
    "created_at": "2025-03-01T10:00:00Z", "updated_at": "2025-03-20T14:30:00Z"}],
  "meta": {"plan": "starter", "invite_limit": 100, "invites_used": 12, "invites_remaining": 88}})";

TEST_F(ClientTest, ListsAssessmentsByCursorWithTheQuota) {
  transport.answer(200, std::string(kAssessmentsByCursor));

  const auto page = client.list_assessments({});

  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(asked(),
              Asks(Method::Get, kApi + "assessments/?page_size=100", Cost::Read, Repeat::Safe));
  EXPECT_THAT(http::header(asked().headers, "Content-Type"), IsEmpty());
  EXPECT_THAT(http::header(asked().headers, "Authorization"), IsEmpty());  // the gate's business
  ASSERT_EQ(page->rows.size(), 1U);
  const Assessment& row = page->rows[0];
  EXPECT_EQ(row.slug, kScreen);
  EXPECT_EQ(row.title, "Senior Backend Engineer Screen");
  EXPECT_EQ(row.status, "active");
  EXPECT_EQ(row.case_count, 3);
  EXPECT_EQ(row.passing_score, 70);
  EXPECT_EQ(row.invitation_count, 12);
  EXPECT_EQ(row.time_limit_minutes, 90);
  ASSERT_TRUE(page->next);
  EXPECT_EQ(page->next->text(), "cursor=cD0yMDI1LTA0...");
  ASSERT_TRUE(page->quota);
  EXPECT_EQ(page->quota->plan, "starter");
  EXPECT_EQ(page->quota->limit, 100);
  EXPECT_EQ(page->quota->used, 12);
  EXPECT_EQ(page->quota->remaining, 88);
}

TEST_F(ClientTest, SendsFiltersAndTheCursorEncoded) {
  transport.answer(200, R"({"count": 0, "next": null, "previous": null, "results": []})");

  const auto page =
      client.list_assessments(*PageToken::from_text("cursor=a+b=&c"), "draft", "C++ & SQL");

  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(
      url(),
      kApi +
          "assessments/?page_size=100&cursor=a%2Bb%3D%26c&status=draft&search=C%2B%2B%20%26%20SQL");
  EXPECT_FALSE(page->next);
  EXPECT_FALSE(page->quota);
}

TEST_F(ClientTest, GetsAnAssessmentOfTheOlderDocument) {
  transport.answer(
      200, R"({"id": "d290f1ee-6c54-4b01-90e6-d701748f0851", "slug": "senior-backend-screen",
    "title": "Senior Backend Engineer Screen", "status": "active", "time_limit_minutes": null,
    "passing_score": 70, "case_count": 3, "enforce_fullscreen": true, "copy_paste_disabled": false,
    "created_at": "2024-03-22T12:00:00Z"})");

  const auto found = client.get_assessment(kScreen);

  ASSERT_THAT(found, IsOk());
  EXPECT_THAT(asked(), Asks(Method::Get, kApi + "assessments/senior-backend-screen/", Cost::Read,
                            Repeat::Safe));
  EXPECT_EQ(found->slug, kScreen);
  EXPECT_FALSE(found->time_limit_minutes);
  EXPECT_FALSE(found->invitation_count);
}

TEST_F(ClientTest, GetsTheOrganisationWithItsQuota) {
  transport.answer(200, R"({"name": "Acme Corp", "slug": "acme-corp", "plan": "starter",
    "invite_limit": 100, "invites_used": 23, "invites_remaining": 77})");

  const auto found = client.get_organisation();

  ASSERT_THAT(found, IsOk());
  EXPECT_THAT(asked(), Asks(Method::Get, kApi + "org/", Cost::Read, Repeat::Safe));
  EXPECT_EQ(found->name, "Acme Corp");
  EXPECT_EQ(found->slug, "acme-corp");
  EXPECT_EQ(found->quota.plan, "starter");
  EXPECT_EQ(found->quota.remaining, 77);
}

TEST_F(ClientTest, AnEnterpriseQuotaHasNoLimit) {
  transport.answer(200, R"({"name": "Acme", "slug": "acme", "plan": "enterprise",
    "invite_limit": null, "invites_used": null, "invites_remaining": null})");

  const auto found = client.get_organisation();

  ASSERT_THAT(found, IsOk());
  EXPECT_FALSE(found->quota.limit);
  EXPECT_FALSE(found->quota.remaining);
}

TEST_F(ClientTest, AnOverdrawnQuotaHasNothingLeftAndAMissingRestIsWorkedOut) {
  transport.answer(
      200,
      R"({"name": "A", "plan": "free", "invite_limit": 20, "invites_used": 23, "invites_remaining": -3})");
  transport.answer(200, R"({"name": "A", "plan": "free", "invite_limit": 20, "invites_used": 5})");

  EXPECT_EQ(client.get_organisation()->quota.remaining, 0);
  EXPECT_EQ(client.get_organisation()->quota.remaining, 15);
}

constexpr std::string_view kCreated = R"({"message": "Invitation created successfully.",
  "invite_token": "c7b3e2a1-1234-5678-abcd-ef0123456789",
  "invite_url": "https://praxicraft.com/take/c7b3e2a1-1234-5678-abcd-ef0123456789",
  "expires_at": "2025-03-22T10:00:00Z", "status": "pending"})";

TEST_F(ClientTest, CreatesAnInvitation) {
  transport.answer(201, std::string(kCreated));

  const auto invite =
      client.create_invite(kScreen, {"jane.doe@example.com", "Jane Doe", "Senior Backend Engineer"},
                           SendInvitationEmail::Yes);

  ASSERT_THAT(invite, IsOk());
  EXPECT_THAT(asked(), Asks(Method::Post, kApi + "assessments/senior-backend-screen/invites/",
                            Cost::Write, Repeat::Safe));
  EXPECT_THAT(asked(), SaysItIsJson());
  EXPECT_EQ(asked().body, R"({"email":"jane.doe@example.com","name":"Jane Doe",)"
                          R"("role":"Senior Backend Engineer","send_email":true})");
  EXPECT_EQ(invite->token.reveal(), "c7b3e2a1-1234-5678-abcd-ef0123456789");
  EXPECT_EQ(invite->creation, Creation::New);
  EXPECT_EQ(invite->status, InviteStatus::Pending);
  EXPECT_EQ(invite->expires_at, at("2025-03-22T10:00:00Z"));
}

TEST_F(ClientTest, A200MeansThatTheInvitationWasThereBefore) {
  transport.answer(200, std::string(kCreated));

  const auto invite =
      client.create_invite(kScreen, {"jane.doe@example.com", "", ""}, SendInvitationEmail::No);

  ASSERT_THAT(invite, IsOk());
  EXPECT_EQ(invite->creation, Creation::Existing);
  EXPECT_EQ(asked().body, R"({"email":"jane.doe@example.com","send_email":false})");
}

TEST_F(ClientTest, TheBulkBodyIsTheSameBytesAlways) {
  const std::string body =
      Client::bulk_body({{"alice@example.com", "Alice \"A\" Chen\n", "Senior Backend Engineer"},
                         {"bob@example.com", "Zo\xC3\xAB \xF0\x9F\x98\x80", ""},
                         {" Jane@Example.com ", "", ""},
                         {"x@example.com", "bad \xFF byte", ""}},
                        SendInvitationEmail::Yes);

  EXPECT_EQ(
      body,
      R"({"candidates":[{"email":"alice@example.com","name":"Alice \"A\" Chen\n","role":"Senior Backend Engineer"},)"
      "{\"email\":\"bob@example.com\",\"name\":\"Zo\xC3\xAB \xF0\x9F\x98\x80\"},"
      R"({"email":" Jane@Example.com "},)"
      "{\"email\":\"x@example.com\",\"name\":\"bad \xEF\xBF\xBD byte\"}],"
      R"("send_email":true})");
}

TEST_F(ClientTest, SendsStoredBulkBytesUnchangedAndReadsBothLists) {
  transport.answer(200, R"({"invited": [
      {"email": "alice@example.com", "invite_token": "a1b2c3d4-...", "invite_url": "https://praxicraft.com/take/a1b2c3d4-..."},
      {"email": "bob@example.com", "invite_token": "e5f6a7b8-...", "invite_url": "https://praxicraft.com/take/e5f6a7b8-..."}],
    "skipped": [{"email": "jane@example.com", "reason": "already invited"}]})");
  const std::string stored = R"({ "candidates" : [] })";

  const auto answer = client.bulk_invite(kScreen, stored);

  ASSERT_THAT(answer, IsOk());
  EXPECT_THAT(asked(), Asks(Method::Post, kApi + "assessments/senior-backend-screen/invites/bulk/",
                            Cost::Write, Repeat::Safe));
  EXPECT_THAT(asked(), SaysItIsJson());
  EXPECT_EQ(asked().body, stored);
  ASSERT_EQ(answer->invited.size(), 2U);
  EXPECT_EQ(answer->invited[1].email, "bob@example.com");
  EXPECT_EQ(answer->invited[1].token.reveal(), "e5f6a7b8-...");
  ASSERT_EQ(answer->skipped.size(), 1U);
  EXPECT_EQ(answer->skipped[0].email, "jane@example.com");
  EXPECT_EQ(answer->skipped[0].reason, SkipReason::AlreadyInvited);
  EXPECT_THAT(answer->bad_rows, IsEmpty());
}

TEST_F(ClientTest, KnowsEachSkipReasonInEitherSpelling) {
  transport.answer(200, R"({"invited": [], "skipped": [
    {"email": "a@x.y", "reason": "already_invited"}, {"email": "b@x.y", "reason": "Already Invited"},
    {"reason": "missing_email"}, {"email": null, "reason": "missing email"},
    {"email": "c@x.y", "reason": "error"}, {"email": "d@x.y", "reason": "on a blocklist"}, {"email": "e@x.y"}]})");

  const auto answer = client.bulk_invite(kScreen, "{}");

  ASSERT_THAT(answer, IsOk());
  std::vector<SkipReason> reasons;
  for (const BulkSkipped& row : answer->skipped) reasons.push_back(row.reason);
  EXPECT_THAT(reasons, ElementsAre(SkipReason::AlreadyInvited, SkipReason::AlreadyInvited,
                                   SkipReason::MissingEmail, SkipReason::MissingEmail,
                                   SkipReason::Error, SkipReason::Unknown, SkipReason::Unknown));
  EXPECT_EQ(answer->skipped[2].email, "");
  EXPECT_EQ(answer->skipped[5].reason_text, "on a blocklist");
}

TEST_F(ClientTest, GetsAnInvitation) {
  transport.answer(
      200,
      R"({"invite_token": "c7b3e2a1-1234-5678-abcd-ef0123456789", "email": "jane.doe@example.com",
    "name": "Jane Doe", "role": "Senior Backend Engineer", "status": "started",
    "assessment": {"slug": "senior-backend-screen", "title": "Senior Backend Engineer Screen"},
    "created_at": "2025-03-15T09:00:00Z", "expires_at": "2025-03-22T09:00:00Z",
    "started_at": "2025-03-15T14:00:00Z", "completed_at": null, "reminded_at": null})");

  const auto invite = client.get_invite(InviteToken("C7B3E2A1-1234-5678-abcd-ef0123456789"));

  ASSERT_THAT(invite, IsOk());
  EXPECT_THAT(asked(), Asks(Method::Get, kApi + "invites/C7B3E2A1-1234-5678-abcd-ef0123456789/",
                            Cost::Read, Repeat::Safe));
  EXPECT_EQ(invite->status, InviteStatus::Started);
  EXPECT_EQ(invite->assessment, kScreen);
  EXPECT_EQ(invite->assessment_title, "Senior Backend Engineer Screen");
  EXPECT_EQ(invite->name, "Jane Doe");
  EXPECT_EQ(invite->started_at, at("2025-03-15T14:00:00Z"));
  EXPECT_FALSE(invite->completed_at);
  EXPECT_FALSE(invite->reminded_at);
}

TEST_F(ClientTest, ListsInvitationsOfBothDocuments) {
  transport.answer(
      200, R"({"next": "https://app.praxicraft.io/api/v1/public/invites/?cursor=cD0yMDI1LTA0...",
    "previous": null, "results": [{"invite_token": "c7b3e2a1-...", "assessment_title": "Senior Backend Engineer Screen",
    "assessment_slug": "senior-backend-screen", "email": "jane@example.com", "candidate_name": "Jane Doe",
    "role": "Senior Backend Engineer", "status": "completed", "sent_at": "2025-03-15T09:00:00Z",
    "created_at": "2025-03-15T08:55:00Z", "expires_at": "2025-03-22T08:55:00Z"}]})");
  transport.answer(200,
                   R"({"count": 125, "next": "http.../public/invites/?page=2", "previous": null,
    "results": [{"invite_token": "c7b3e2a1-...", "assessment_title": "Senior Backend Engineer Screen",
    "assessment_slug": "senior-backend-screen", "email": "jane@example.com", "status": "completed",
    "sent_at": "2025-03-15T14:00:00Z"}]})");

  const auto by_cursor = client.list_invites({});
  const auto by_number = client.list_invites({});

  ASSERT_THAT(by_cursor, IsOk());
  ASSERT_EQ(by_cursor->rows.size(), 1U);
  EXPECT_EQ(by_cursor->rows[0].token.reveal(), "c7b3e2a1-...");
  EXPECT_EQ(by_cursor->rows[0].assessment, kScreen);
  EXPECT_EQ(by_cursor->rows[0].name, "Jane Doe");
  EXPECT_EQ(by_cursor->rows[0].status, InviteStatus::Completed);
  EXPECT_EQ(by_cursor->next->text(), "cursor=cD0yMDI1LTA0...");
  ASSERT_THAT(by_number, IsOk());
  ASSERT_EQ(by_number->rows.size(), 1U);
  EXPECT_EQ(by_number->rows[0].name, "");
  EXPECT_EQ(by_number->next->text(), "page=2");

  transport.answer(200, R"({"results": []})");
  EXPECT_THAT(client.list_invites(*by_number->next), IsOk());
  EXPECT_EQ(url(), kApi + "invites/?page_size=100&page=2");
}

TEST_F(ClientTest, Reminds) {
  transport.answer(200, R"({"message": "Reminder sent."})");

  EXPECT_THAT(client.remind(InviteToken("c7b3e2a1")), IsOk());

  EXPECT_THAT(asked(),
              Asks(Method::Post, kApi + "invites/c7b3e2a1/remind/", Cost::Write, Repeat::Look));
  EXPECT_THAT(asked(), SaysItIsJson());
  EXPECT_EQ(asked().body, "");
}

TEST_F(ClientTest, Cancels) {
  transport.answer(204, "");

  EXPECT_THAT(client.cancel(InviteToken("c7b3e2a1")), IsOk());

  EXPECT_THAT(asked(), Asks(Method::Delete, kApi + "invites/c7b3e2a1/", Cost::Write, Repeat::Look));
}

TEST_F(ClientTest, ListsResultsOfBothDocuments) {
  transport.answer(
      200,
      R"({"next": "https://app.praxicraft.io/api/v1/public/assessments/senior-backend-screen/results/?cursor=cD0yMDI1LTA0...",
    "previous": null, "results": [{"candidate_email": "jane@example.com", "candidate_name": "Jane Doe",
    "role": "Senior Backend Engineer", "status": "completed", "score_percentage": 85.0, "passed": true,
    "time_spent_seconds": 4460, "violation_counts": {"fullscreen_violations": 0, "copy_paste_violations": 2},
    "started_at": "2025-03-15T14:00:00Z", "completed_at": "2025-03-15T15:20:00Z", "invite_token": "c7b3e2a1-..."}]})");
  transport.answer(
      200,
      R"({"count": 2, "results": [{"candidate_email": "jane@example.com", "candidate_name": "Jane Doe",
    "status": "completed", "score_percentage": 85.0, "passed": true, "started_at": "2025-03-15T14:00:00Z",
    "completed_at": "2025-03-15T15:20:00Z", "invite_token": "c7b3e2a1-..."}]})");

  const auto newer = client.list_results(kScreen, {});
  const auto older = client.list_results(kScreen, {});

  EXPECT_THAT(asked(),
              Asks(Method::Get, kApi + "assessments/senior-backend-screen/results/?page_size=100",
                   Cost::Read, Repeat::Safe));
  ASSERT_THAT(newer, IsOk());
  ASSERT_EQ(newer->rows.size(), 1U);
  const ResultRow& row = newer->rows[0];
  EXPECT_EQ(row.token.reveal(), "c7b3e2a1-...");
  EXPECT_EQ(row.email, "jane@example.com");
  EXPECT_EQ(row.status_text, "completed");
  EXPECT_EQ(row.score_percentage, 85.0);
  EXPECT_EQ(row.passed, true);
  EXPECT_EQ(row.time_spent, std::chrono::seconds{4460});
  EXPECT_EQ(row.violations, (Violations{0, 2}));
  EXPECT_EQ(row.completed_at, at("2025-03-15T15:20:00Z"));
  EXPECT_TRUE(newer->next);
  ASSERT_THAT(older, IsOk());
  ASSERT_EQ(older->rows.size(), 1U);
  EXPECT_FALSE(older->rows[0].time_spent);
  EXPECT_FALSE(older->rows[0].violations);
  EXPECT_FALSE(older->next);
}

std::string detail_with(std::string_view report_url) {
  return R"({"candidate_email": "jane@example.com", "candidate_name": "Jane Doe",
    "assessment": "Senior Backend Engineer Screen", "status": "completed", "score": 255, "max_score": 300,
    "score_percentage": 85.0, "passed": true, "passing_score": 70, "started_at": "2025-03-15T14:00:00Z",
    "completed_at": "2025-03-15T15:20:00Z", "violation_counts": {"fullscreen_violations": 0, "copy_paste_violations": 2},
    "detailed_report_url": )" +
         std::string(report_url) + R"(,
    "cases": [{"case_order": 1, "case_title": "Query Optimization", "score": 100, "max_score": 100, "status": "correct", "time_spent_seconds": 820},
              {"case_order": 3, "case_title": "Data Modeling", "score": 55, "max_score": 100, "status": "incorrect", "time_spent_seconds": 2100}]})";
}

TEST_F(ClientTest, ASessionThatIsNotOverHasNoVerdict) {
  std::string started = detail_with("null");
  started.replace(started.find("completed"), 9, "started");
  transport.answer(200, started);

  const auto detail = client.get_result(InviteToken("c7"));

  ASSERT_THAT(detail, IsOk());
  EXPECT_EQ(detail->row.passed, std::nullopt);
}

TEST_F(ClientTest, GetsADetailedResult) {
  transport.answer(
      200,
      detail_with(
          R"("https://app.praxicraft.io/api/v1/assess/assessments/senior-backend-screen/results/...")"));

  const auto detail = client.get_result(InviteToken("c7b3e2a1"));

  ASSERT_THAT(detail, IsOk());
  EXPECT_THAT(asked(),
              Asks(Method::Get, kApi + "invites/c7b3e2a1/result/", Cost::Read, Repeat::Safe));
  EXPECT_EQ(detail->row.token.reveal(), "c7b3e2a1");
  EXPECT_EQ(detail->row.score_percentage, 85.0);
  EXPECT_EQ(detail->row.passed, true);
  EXPECT_EQ(detail->assessment_title, "Senior Backend Engineer Screen");
  EXPECT_EQ(detail->score, 255.0);
  EXPECT_EQ(detail->max_score, 300.0);
  EXPECT_EQ(detail->passing_score, 70);
  EXPECT_EQ(
      detail->report_url,
      "https://app.praxicraft.io/api/v1/assess/assessments/senior-backend-screen/results/...");
  ASSERT_EQ(detail->cases.size(), 2U);
  EXPECT_EQ(detail->cases[1].order, 3);
  EXPECT_EQ(detail->cases[1].title, "Data Modeling");
  EXPECT_EQ(detail->cases[1].status, "incorrect");
  EXPECT_EQ(detail->cases[1].score, 55.0);
  EXPECT_EQ(detail->cases[1].time_spent, std::chrono::seconds{2100});
}

TEST_F(ClientTest, ResolvesAReportPathAgainstTheBaseUrlAndAsksNobodyForIt) {
  transport.answer(
      200, detail_with(R"("/api/v1/assess/assessments/senior-backend-screen/results/...")"));
  transport.answer(200, detail_with("null"));
  transport.answer(200, detail_with(R"("https://reports.example/#/r/1")"));

  EXPECT_EQ(client.get_result(InviteToken("c7"))->report_url,
            "https://assess.example/api/v1/assess/assessments/senior-backend-screen/results/...");
  EXPECT_EQ(client.get_result(InviteToken("c7"))->report_url, "");
  EXPECT_EQ(client.get_result(InviteToken("c7"))->report_url, "https://reports.example/#/r/1");
  EXPECT_EQ(transport.asked.size(), 3U);
}

TEST_F(ClientTest, RefusesAReportUrlThatIsNoWebAddress) {
  for (const char* url : {R"("javascript:alert")", R"("//elsewhere.example/x")", R"("https://a b")",
                          R"("/x\ny")", R"("reports/1")"}) {
    transport.answer(200, detail_with(url));

    EXPECT_THAT(client.get_result(InviteToken("c7")), FailsSaying("detailed_report_url: ")) << url;
  }
}

TEST_F(ClientTest, ListsPipelines) {
  transport.answer(
      200,
      R"({"count": 2, "results": [{"id": "p1...", "title": "Grad Program 2025", "slug": "grad-2025", "stage_count": 3}]})");

  const auto page = client.list_pipelines({});

  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(asked(),
              Asks(Method::Get, kApi + "pipelines/?page_size=100", Cost::Read, Repeat::Safe));
  ASSERT_EQ(page->rows.size(), 1U);
  EXPECT_EQ(page->rows[0].slug, PipelineSlug("grad-2025"));
  EXPECT_EQ(page->rows[0].stage_count, 3);
  EXPECT_THAT(page->rows[0].stages, IsEmpty());
  EXPECT_FALSE(page->next);
}

TEST_F(ClientTest, GetsAPipelineWithItsStagesInOrder) {
  transport.answer(200, R"({"id": "p1...", "title": "Grad Program 2025", "stages": [
    {"order": 1, "assessment_title": "Technical Deep Dive", "assessment_slug": "tech-deep-dive"},
    {"order": 0, "assessment_title": "Initial Screen", "assessment_slug": "initial-screen"}]})");

  const auto pipeline = client.get_pipeline(PipelineSlug("grad-2025"));

  ASSERT_THAT(pipeline, IsOk());
  EXPECT_THAT(asked(), Asks(Method::Get, kApi + "pipelines/grad-2025/", Cost::Read, Repeat::Safe));
  EXPECT_EQ(pipeline->slug, PipelineSlug("grad-2025"));
  ASSERT_EQ(pipeline->stages.size(), 2U);
  EXPECT_EQ(pipeline->stages[0].assessment, AssessmentSlug("initial-screen"));
  EXPECT_EQ(pipeline->stages[1].title, "Technical Deep Dive");
}

TEST_F(ClientTest, Enrolls) {
  transport.answer(
      201,
      R"({"message": "Candidate enrolled successfully.", "enrollment_id": "e1...", "status": "active", "current_stage": 0})");

  const auto enrollment = client.enroll(PipelineSlug("grad-2025"), "jane@example.com", "Jane Doe");

  ASSERT_THAT(enrollment, IsOk());
  EXPECT_THAT(asked(),
              Asks(Method::Post, kApi + "pipelines/grad-2025/enroll/", Cost::Write, Repeat::Look));
  EXPECT_THAT(asked(), SaysItIsJson());
  EXPECT_EQ(asked().body, R"({"email":"jane@example.com","name":"Jane Doe"})");
  EXPECT_EQ(enrollment->id, EnrollmentId("e1..."));
  EXPECT_EQ(enrollment->status, EnrollmentStatus::Active);
  EXPECT_EQ(enrollment->current_stage, 0);
}

TEST_F(ClientTest, GetsAnEnrollmentWithTheScoresOfItsStages) {
  transport.answer(200, R"({"id": "e1...", "status": "active", "current_stage": 1, "history": [
    {"event": "enrolled", "timestamp": "..."}, {"event": "stage_completed", "stage": 0, "score": 95},
    {"event": "stage_completed", "stage": 1, "score": null}, {"event": "moved by hand"}]})");

  const auto enrollment = client.get_enrollment(EnrollmentId("e1..."));

  ASSERT_THAT(enrollment, IsOk());
  EXPECT_THAT(asked(),
              Asks(Method::Get, kApi + "pipelines/enrollments/e1.../", Cost::Read, Repeat::Safe));
  EXPECT_EQ(enrollment->current_stage, 1);
  ASSERT_EQ(enrollment->scores.size(), 1U);
  EXPECT_EQ(enrollment->scores[0].stage, 0);
  EXPECT_EQ(enrollment->scores[0].score, 95.0);
}

TEST_F(ClientTest, EncodesWhatStandsInAPath) {
  transport.answer(404, "");

  EXPECT_THAT(client.get_assessment(AssessmentSlug("a/b?c#d é")), FailsWith(ErrorKind::Rejected));

  EXPECT_EQ(url(), kApi + "assessments/a%2Fb%3Fc%23d%20%C3%A9/");
}

TEST_F(ClientTest, SendsNothingForAnIdThatWouldReachAnotherResource) {
  for (const char* token : {"", ".", ".."}) {
    EXPECT_THAT(client.cancel(InviteToken(token)), FailsWith(ErrorKind::Rejected));
  }

  EXPECT_THAT(transport.asked, IsEmpty());
}

TEST_F(ClientTest, ASlashAfterTheBaseUrlMakesNoDifference) {
  Client other(transport, clock, "http://127.0.0.1:8080/");
  transport.answer(404, "");

  EXPECT_THAT(other.get_organisation(), FailsWith(ErrorKind::Rejected));

  EXPECT_EQ(url(), "http://127.0.0.1:8080/api/v1/public/org/");
}

}  // namespace
}  // namespace praxisync::assess
