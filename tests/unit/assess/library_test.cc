// Tasks, the organisation's own cases, webhooks, team and statistics: what is sent, and what the
// documents' own example answers are read as (seeds 000, 001, 002).
#include <gmock/gmock.h>

#include "unit/assess/asks.h"
#include "unit/assess/canned_transport.h"

namespace praxisync::assess {
namespace {

using http::Cost;
using http::Method;
using http::Repeat;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

using Library = WithClient;

TEST_F(Library, ListsTheTasksOfAnAssessmentOfBothDocuments) {
  transport.answer(200, R"({"next": null, "previous": null, "results": [{"id": "c1...",
    "title": "SQL Join Master", "description": "Write an optimised query.", "type": "platform",
    "case_type": "sql", "difficulty": "medium", "order": 0, "points": 100}]})");
  transport.answer(200, R"({"count": 3, "next": "http.../cases/?page=2", "previous": null,
    "results": [{"id": "c1...", "title": "SQL Join Master", "type": "platform",
    "case_type": "essay", "difficulty": null, "order": 0, "points": 100}]})");

  const auto newer = client.list_tasks(kScreen, {});
  const auto older = client.list_tasks(kScreen, {});

  EXPECT_THAT(asked(),
              Asks(Method::Get, kApi + "assessments/senior-backend-screen/cases/?page_size=100",
                   Cost::Read, Repeat::Safe));
  ASSERT_THAT(newer, IsOk());
  ASSERT_EQ(newer->rows.size(), 1U);
  const Task& task = newer->rows[0];
  EXPECT_EQ(task.id, "c1...");
  EXPECT_EQ(task.title, "SQL Join Master");
  EXPECT_EQ(task.description, "Write an optimised query.");
  EXPECT_EQ(task.type, "platform");
  EXPECT_EQ(task.case_type, "sql");
  EXPECT_EQ(task.difficulty, "medium");
  EXPECT_EQ(task.order, 0);
  EXPECT_EQ(task.points, 100);
  EXPECT_FALSE(newer->next);
  ASSERT_THAT(older, IsOk());
  EXPECT_EQ(older->rows.at(0).case_type, "essay");
  EXPECT_EQ(older->rows.at(0).difficulty, "");
  EXPECT_EQ(older->next->text(), "page=2");
}

TEST_F(Library, ListsCasesOfBothDocuments) {
  transport.answer(200, R"({"next": "https://app.praxicraft.io/api/v1/public/cases/?cursor=cD0y",
    "previous": null, "results": [{"id": "e21a...", "title": "Custom Algorithm 1",
    "description": "Tests sorting.", "case_type": "coding", "difficulty": "hard", "points": 100,
    "time_limit_minutes": 30, "question": "### Implement Quicksort\n\nWrite a function...",
    "options": null, "allow_multiple": false, "language": "python",
    "starter_code": "def sort(arr):\n    pass", "expected_output": null, "rubric": null,
    "created_at": "2025-03-10T08:00:00Z"}]})");
  transport.answer(200, R"({"count": 42, "results": [{"id": "e21a...",
    "title": "Custom Algorithm 1", "case_type": "coding", "difficulty": "hard"}]})");

  const auto newer = client.list_cases({});
  const auto older = client.list_cases(*PageToken::from_text("page=2"));

  EXPECT_THAT(asked(),
              Asks(Method::Get, kApi + "cases/?page_size=100&page=2", Cost::Read, Repeat::Safe));
  ASSERT_THAT(newer, IsOk());
  const Case& found = newer->rows.at(0);
  EXPECT_EQ(found.id, CaseId("e21a..."));
  EXPECT_EQ(found.question, "### Implement Quicksort\n\nWrite a function...");
  EXPECT_EQ(found.description, "Tests sorting.");
  EXPECT_EQ(found.points, 100);
  EXPECT_EQ(found.time_limit_minutes, 30);
  EXPECT_EQ(found.allow_multiple, false);
  EXPECT_EQ(found.language, "python");
  EXPECT_EQ(found.starter_code, "def sort(arr):\n    pass");
  EXPECT_EQ(found.rubric, "");
  EXPECT_EQ(found.created_at, parse_timestamp("2025-03-10T08:00:00Z"));
  EXPECT_EQ(newer->next->text(), "cursor=cD0y");
  ASSERT_THAT(older, IsOk());
  EXPECT_EQ(older->rows.at(0).difficulty, "hard");
  EXPECT_FALSE(older->next);
}

TEST_F(Library, GetsACase) {
  transport.answer(200, R"({"id": "e21a...", "title": "Custom Algorithm 1",
    "question": "### Implement Quicksort...", "case_type": "coding"})");
  transport.answer(200, R"({"id": "another", "title": "x", "question": "", "case_type": ""})");

  const auto found = client.get_case(CaseId("e21a..."));

  ASSERT_THAT(found, IsOk());
  EXPECT_THAT(asked(), Asks(Method::Get, kApi + "cases/e21a.../", Cost::Read, Repeat::Safe));
  EXPECT_EQ(found->title, "Custom Algorithm 1");
  EXPECT_EQ(found->question, "### Implement Quicksort...");
  EXPECT_EQ(found->case_type, "coding");
  EXPECT_THAT(client.get_case(CaseId("e21a...")), FailsSaying("id: not the one asked for"));
}

TEST_F(Library, CreatesACaseAndNeverRepeatsThat) {
  transport.answer(201, R"({"id": "new-uuid", "title": "My New Task"})");

  const auto made =
      client.create_case({"My New Task", "Sorting", "# Sort\n\n`\"a\"`\tZo\xC3\xAB", "coding"});

  ASSERT_THAT(made, IsOk());
  EXPECT_THAT(asked(), Asks(Method::Post, kApi + "cases/create/", Cost::Write, Repeat::Never));
  EXPECT_THAT(asked(), SaysItIsJson());
  EXPECT_EQ(asked().body,
            "{\"case_type\":\"coding\",\"description\":\"Sorting\","
            "\"question\":\"# Sort\\n\\n`\\\"a\\\"`\\tZo\xC3\xAB\",\"title\":\"My New Task\"}");
  EXPECT_EQ(made->id, CaseId("new-uuid"));
  EXPECT_EQ(made->title, "My New Task");
}

TEST_F(Library, AnUnreadableSuccessOfACreationLeavesItsOutcomeOpen) {
  transport.answer(201, R"({"title": "My New Task"})");
  transport.answer(201, R"({"id": "550e8400"})");
  transport.answer(200, "<html>");

  EXPECT_THAT(client.create_case({"t", "d", "q", "sql"}), FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_THAT(client.create_webhook({"https://a.example/", {"webhook.test"}}),
              FailsSaying("create webhook: HTTP 201: signing_secret: missing"));
  EXPECT_THAT(client.test_webhook(WebhookId("w")), FailsWith(ErrorKind::OutcomeUnknown));
}

TEST_F(Library, UpdatesOnlyWhatIsGiven) {
  for (int i = 0; i < 3; ++i) transport.answer(200, R"({"id": "e21a", "title": "Updated Title"})");

  const auto title = client.update_case(CaseId("e21a"), {.title = "Updated Title"});
  const std::string title_body = asked().body;
  const auto question = client.update_case(CaseId("e21a"), {.question = ""});
  const std::string question_body = asked().body;
  const auto both = client.update_case(CaseId("e21a"), {.title = "t", .question = "q"});

  ASSERT_THAT(title, IsOk());
  EXPECT_EQ(title->title, "Updated Title");
  EXPECT_EQ(title_body, R"({"title":"Updated Title"})");
  ASSERT_THAT(question, IsOk());
  EXPECT_EQ(question_body, R"({"question":""})");
  ASSERT_THAT(both, IsOk());
  EXPECT_EQ(asked().body, R"({"question":"q","title":"t"})");
  EXPECT_THAT(asked(), Asks(Method::Patch, kApi + "cases/e21a/", Cost::Write, Repeat::Safe));
  EXPECT_THAT(asked(), SaysItIsJson());
}

TEST_F(Library, AnUpdateOfNothingIsNotSent) {
  EXPECT_THAT(client.update_case(CaseId("e21a"), {}),
              FailsSaying("update case: nothing to change"));

  EXPECT_THAT(transport.asked, IsEmpty());
}

TEST_F(Library, DeletesACase) {
  transport.answer(204, "");
  transport.answer(200, R"({"message": "Deleted."})");

  EXPECT_THAT(client.delete_case(CaseId("e21a")), IsOk());
  EXPECT_THAT(client.delete_case(CaseId("e21a")), IsOk());

  EXPECT_THAT(asked(), Asks(Method::Delete, kApi + "cases/e21a/", Cost::Write, Repeat::Look));
}

TEST_F(Library, SendsNothingForAnIdThatWouldReachAnotherResource) {
  for (const char* id : {"", ".", ".."}) {
    EXPECT_THAT(client.delete_case(CaseId(id)), FailsWith(ErrorKind::Rejected));
    EXPECT_THAT(client.get_case(CaseId(id)), FailsWith(ErrorKind::Rejected));
    EXPECT_THAT(client.update_case(CaseId(id), {.title = "t"}), FailsWith(ErrorKind::Rejected));
    EXPECT_THAT(client.test_webhook(WebhookId(id)), FailsWith(ErrorKind::Rejected));
    EXPECT_THAT(client.list_tasks(AssessmentSlug(id), {}), FailsWith(ErrorKind::Rejected));
  }

  EXPECT_THAT(transport.asked, IsEmpty());
}

TEST_F(Library, ListsWebhooks) {
  transport.answer(200, R"({"count": 1, "results": [{"id": "550e8400-...",
    "url": "https://api.acme.com/webhooks", "is_active": true,
    "event_types": ["assessment.completed", "a.new.event"]}]})");

  const auto page = client.list_webhooks({});

  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(asked(),
              Asks(Method::Get, kApi + "webhooks/?page_size=100", Cost::Read, Repeat::Safe));
  ASSERT_EQ(page->rows.size(), 1U);
  EXPECT_EQ(page->rows[0].id, WebhookId("550e8400-..."));
  EXPECT_EQ(page->rows[0].url, "https://api.acme.com/webhooks");
  EXPECT_EQ(page->rows[0].is_active, true);
  EXPECT_THAT(page->rows[0].event_types, ElementsAre("assessment.completed", "a.new.event"));
}

TEST_F(Library, AWebhookWithAnOddEventIsSetAside) {
  transport.answer(200, R"({"results": [{"id": "a", "event_types": ["x", 5]},
                                        {"id": "b", "event_types": null}]})");

  const auto page = client.list_webhooks({});

  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(page->bad_rows, ElementsAre("results[0].event_types[1]: not a text"));
  EXPECT_EQ(page->rows.at(0).id, WebhookId("b"));
}

TEST_F(Library, CreatesAWebhookAndNeverRepeatsThat) {
  transport.answer(201, R"({"id": "550e8400-...", "signing_secret": "whsec_s3cret"})");
  transport.answer(201, R"({"id": "550e8400-...", "signing_secret": "whsec_s3cret"})");

  const auto made = client.create_webhook(
      {"https://api.acme.com/webhooks", {"candidate.passed", "webhook.test"}, "To our ATS"});

  ASSERT_THAT(made, IsOk());
  EXPECT_THAT(asked(), Asks(Method::Post, kApi + "webhooks/", Cost::Write, Repeat::Never));
  EXPECT_THAT(asked(), SaysItIsJson());
  EXPECT_EQ(asked().body,
            R"({"description":"To our ATS","event_types":["candidate.passed","webhook.test"],)"
            R"("url":"https://api.acme.com/webhooks"})");
  EXPECT_EQ(made->id, WebhookId("550e8400-..."));
  EXPECT_EQ(made->signing_secret.reveal(), "whsec_s3cret");
  EXPECT_THAT(client.create_webhook({"https://a.example/", {}}), IsOk());
  EXPECT_EQ(asked().body, R"({"event_types":[],"url":"https://a.example/"})");
}

TEST_F(Library, TestsAWebhook) {
  transport.answer(200, R"({"message": "Test succeeded — endpoint responded with 200.",
    "status_code": 200, "is_verified": true})");
  transport.answer(200, R"({"message": "No answer.", "status_code": null, "is_verified": false})");

  const auto good = client.test_webhook(WebhookId("550e8400"));
  const auto bad = client.test_webhook(WebhookId("550e8400"));

  ASSERT_THAT(good, IsOk());
  EXPECT_THAT(asked(),
              Asks(Method::Post, kApi + "webhooks/550e8400/test/", Cost::Write, Repeat::Never));
  EXPECT_EQ(good->message, "Test succeeded — endpoint responded with 200.");
  EXPECT_EQ(good->status_code, 200);
  EXPECT_EQ(good->is_verified, true);
  ASSERT_THAT(bad, IsOk());
  EXPECT_FALSE(bad->status_code);
  EXPECT_EQ(bad->is_verified, false);
}

TEST_F(Library, ListsTheTeam) {
  transport.answer(200, R"({"count": 3, "results": [
    {"name": "Sarah Chen",  "email": "sarah@acme.com",  "role": "owner"},
    {"name": null, "email": "james@acme.com",  "role": "auditor"},
    {"name": "No Address", "role": "viewer"}]})");

  const auto page = client.list_team({});

  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(asked(),
              Asks(Method::Get, kApi + "org/team/?page_size=100", Cost::Read, Repeat::Safe));
  ASSERT_EQ(page->rows.size(), 2U);
  EXPECT_EQ(page->rows[0].name, "Sarah Chen");
  EXPECT_EQ(page->rows[0].email, "sarah@acme.com");
  EXPECT_EQ(page->rows[0].role, "owner");
  EXPECT_EQ(page->rows[1].role, "auditor");
  EXPECT_THAT(page->bad_rows, ElementsAre("results[2].email: missing"));
}

TEST_F(Library, GetsTheStatistics) {
  transport.answer(200, R"({"total_invites": 450, "total_candidates": 380,
    "completed_assessments": 365, "passed_candidates": 210, "pass_rate": 57.5,
    "average_score_percentage": 68.2, "active_assessments": 12})");
  transport.answer(200, R"({"total_invites": 0, "pass_rate": null})");

  const auto stats = client.get_stats();
  const auto fresh = client.get_stats();

  ASSERT_THAT(stats, IsOk());
  EXPECT_THAT(asked(), Asks(Method::Get, kApi + "org/stats/", Cost::Read, Repeat::Safe));
  EXPECT_EQ(stats->total_invites, 450);
  EXPECT_EQ(stats->total_candidates, 380);
  EXPECT_EQ(stats->completed_assessments, 365);
  EXPECT_EQ(stats->passed_candidates, 210);
  EXPECT_EQ(stats->active_assessments, 12);
  EXPECT_EQ(stats->pass_rate, 57.5);
  EXPECT_EQ(stats->average_score_percentage, 68.2);
  ASSERT_THAT(fresh, IsOk());
  EXPECT_EQ(fresh->total_invites, 0);
  EXPECT_FALSE(fresh->pass_rate);
}

TEST_F(Library, ACreatedInvitationHasItsMessageAndUrl) {
  transport.answer(201, R"({"message": "Invitation created successfully.", "invite_token": "c7",
    "invite_url": "https://praxicraft.com/take/c7", "status": "pending"})");
  transport.answer(200, R"({"invited": [
    {"email": "a@x.y", "invite_token": "a1", "invite_url": "https://praxicraft.com/take/a1"},
    {"email": "b@x.y", "invite_token": "b1", "invite_url": 5}], "skipped": []})");

  const auto one =
      client.create_invite(kScreen, {"jane@example.com", "", ""}, SendInvitationEmail::No);
  const auto many = client.bulk_invite(kScreen, "{}");

  ASSERT_THAT(one, IsOk());
  EXPECT_EQ(one->message, "Invitation created successfully.");
  EXPECT_EQ(one->url.reveal(), "https://praxicraft.com/take/c7");
  ASSERT_THAT(many, IsOk());
  ASSERT_EQ(many->invited.size(), 2U);
  EXPECT_EQ(many->invited[0].url.reveal(), "https://praxicraft.com/take/a1");
  EXPECT_EQ(many->invited[1].token.reveal(), "b1");
  EXPECT_TRUE(many->invited[1].url.empty());
}

TEST_F(Library, ARefusalDoesNotRepeatTheUrlOfAWebhook) {
  transport.answer(400, R"({"error": {"message": "url: hooks.acme.example/in?k=s3cret is bad"}})");

  const auto made = client.create_webhook({"hooks.acme.example/in?k=s3cret", {"webhook.test"}});

  EXPECT_THAT(made, FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(made.error().what, Not(HasSubstr("s3cret")));
}

}  // namespace
}  // namespace praxisync::assess
