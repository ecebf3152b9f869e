// Each call of the client with each documented error, and with the failures that any server has.
#include <gmock/gmock.h>

#include <functional>
#include <tuple>

#include "unit/assess/canned_transport.h"

namespace praxisync::assess {
namespace {

using testing::HasSubstr;

struct Endpoint {
  std::string name;
  std::string scope;  ///< of the key; empty: none
  http::Repeat repeat;
  std::function<ApiError(Client&)> fail;
};
void PrintTo(const Endpoint& row, std::ostream* out) { *out << row.name; }

struct Documented {
  std::string name;
  int status;
  std::string body;
  ErrorKind kind;
  Refusal refusal;
};
void PrintTo(const Documented& row, std::ostream* out) { *out << row.name; }

const InviteToken kToken("c7b3e2a1-1234");
const PipelineSlug kGrad("grad-2025");
const CaseId kCase("e21a");

std::vector<Endpoint> endpoints() {
  using enum http::Repeat;
  const std::string read = "invitations:read";
  const std::string write = "invitations:write";
  return {
      {"ListAssessments", "assessments:read", Safe,
       [](Client& c) { return c.list_assessments({}).failure(); }},
      {"GetAssessment", "assessments:read", Safe,
       [](Client& c) { return c.get_assessment(kScreen).failure(); }},
      {"ListTasks", "assessments:read", Safe,
       [](Client& c) { return c.list_tasks(kScreen, {}).failure(); }},
      {"CreateInvite", write, Safe,
       [](Client& c) {
         return c.create_invite(kScreen, {"jane@example.com", "", ""}, SendInvitationEmail::No)
             .failure();
       }},
      {"BulkInvite", write, Safe, [](Client& c) { return c.bulk_invite(kScreen, "{}").failure(); }},
      {"GetInvite", read, Safe, [](Client& c) { return c.get_invite(kToken).failure(); }},
      {"Remind", write, Look, [](Client& c) { return c.remind(kToken).failure(); }},
      {"Cancel", write, Look, [](Client& c) { return c.cancel(kToken).failure(); }},
      {"ListInvites", read, Safe, [](Client& c) { return c.list_invites({}).failure(); }},
      {"ListResults", "candidates:read", Safe,
       [](Client& c) { return c.list_results(kScreen, {}).failure(); }},
      {"GetResult", "candidates:read", Safe,
       [](Client& c) { return c.get_result(kToken).failure(); }},
      {"ListCases", "cases:read", Safe, [](Client& c) { return c.list_cases({}).failure(); }},
      {"CreateCase", "cases:write", Never,
       [](Client& c) {
         return c.create_case({"t", "d", "q", "sql"}).failure();
       }},
      {"GetCase", "cases:read", Safe, [](Client& c) { return c.get_case(kCase).failure(); }},
      {"UpdateCase", "cases:write", Safe,
       [](Client& c) { return c.update_case(kCase, {.title = "t"}).failure(); }},
      {"DeleteCase", "cases:write", Look, [](Client& c) { return c.delete_case(kCase).failure(); }},
      {"ListPipelines", "", Safe, [](Client& c) { return c.list_pipelines({}).failure(); }},
      {"GetPipeline", "", Safe, [](Client& c) { return c.get_pipeline(kGrad).failure(); }},
      {"Enroll", "", Look,
       [](Client& c) { return c.enroll(kGrad, "jane@example.com", "").failure(); }},
      {"GetEnrollment", "", Safe,
       [](Client& c) { return c.get_enrollment(EnrollmentId("e1")).failure(); }},
      {"ListWebhooks", "", Safe, [](Client& c) { return c.list_webhooks({}).failure(); }},
      {"CreateWebhook", "", Never,
       [](Client& c) {
         return c.create_webhook({"https://a.example/", {}}).failure();
       }},
      {"TestWebhook", "", Never,
       [](Client& c) { return c.test_webhook(WebhookId("550e")).failure(); }},
      {"GetOrganisation", "", Safe, [](Client& c) { return c.get_organisation().failure(); }},
      {"ListTeam", "", Safe, [](Client& c) { return c.list_team({}).failure(); }},
      {"GetStats", "", Safe, [](Client& c) { return c.get_stats().failure(); }},
  };
}

Documented documented(std::string name, int status, const std::string& code, ErrorKind kind,
                      Refusal refusal) {
  std::string body = R"({"error": {"message": "Said.", "code": ")" + code + R"("}})";
  return {std::move(name), status, std::move(body), kind, refusal};
}

class EachErrorOfEachEndpoint
    : public WithClient,
      public testing::WithParamInterface<std::tuple<Endpoint, Documented>> {};

TEST_P(EachErrorOfEachEndpoint, HasItsReaction) {
  const auto& [endpoint, said] = GetParam();
  transport.answer(said.status, said.body);

  const ApiError failure = endpoint.fail(client);

  EXPECT_EQ(failure.error.kind, said.kind) << failure.error.what;
  EXPECT_EQ(failure.refusal, said.refusal);
  EXPECT_THAT(failure.error.what, HasSubstr("HTTP " + std::to_string(said.status)));
  EXPECT_THAT(failure.error.what, HasSubstr(": Said."));
  EXPECT_EQ(transport.asked.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Table, EachErrorOfEachEndpoint,
    testing::Combine(testing::ValuesIn(endpoints()),
                     testing::Values(documented("InvalidApiKey", 401, "INVALID_API_KEY",
                                                ErrorKind::Unauthorized, Refusal::None),
                                     documented("MissingEmail", 400, "MISSING_EMAIL",
                                                ErrorKind::Rejected, Refusal::MissingEmail),
                                     documented("NotFound", 404, "NOT_FOUND", ErrorKind::Rejected,
                                                Refusal::NotFound),
                                     documented("QuotaExceeded", 403, "INVITE_QUOTA_EXCEEDED",
                                                ErrorKind::Exhausted, Refusal::QuotaExceeded),
                                     documented("NotActive", 400, "ASSESSMENT_NOT_ACTIVE",
                                                ErrorKind::Rejected, Refusal::AssessmentNotActive),
                                     documented("RateLimited", 429, "RATE_LIMITED",
                                                ErrorKind::Throttled, Refusal::None),
                                     documented("AnUnknownCode", 422, "SOMETHING_NEW",
                                                ErrorKind::Rejected, Refusal::Other))),
    [](const auto& row) { return std::get<0>(row.param).name + std::get<1>(row.param).name; });

class EachEndpoint : public WithClient, public testing::WithParamInterface<Endpoint> {};

TEST_P(EachEndpoint, NamesTheScopeThatTheKeyLacks) {
  transport.answer(403, R"({"error": {"message": "Not allowed."}})");

  const ApiError failure = GetParam().fail(client);

  EXPECT_EQ(failure.error.kind, ErrorKind::Unauthorized);
  if (GetParam().scope.empty()) {
    EXPECT_THAT(failure.error.what, testing::Not(HasSubstr("scope")));
  } else {
    EXPECT_THAT(failure.error.what, HasSubstr("needs the key's scope " + GetParam().scope));
  }
}

TEST_P(EachEndpoint, SaysOnlyOfASafeCallThatNothingTookEffectAfterAGatewayTimeout) {
  transport.answer(504, "");

  const ErrorKind kind = GetParam().fail(client).error.kind;

  EXPECT_EQ(transport.asked.at(0).repeat, GetParam().repeat);
  EXPECT_EQ(kind, GetParam().repeat == http::Repeat::Safe ? ErrorKind::Transient
                                                          : ErrorKind::OutcomeUnknown);
}

TEST_P(EachEndpoint, NeverReadsAWebPageAsAnAnswer) {
  transport.answer(200, "<html>Sign in</html>");

  const ErrorKind kind = GetParam().fail(client).error.kind;

  EXPECT_EQ(kind, GetParam().repeat == http::Repeat::Safe ? ErrorKind::Malformed
                                                          : ErrorKind::OutcomeUnknown);
}

TEST_P(EachEndpoint, TakesAnErrorInASuccessForNoSuccess) {
  transport.answer(200, R"({"error": {"message": "no"}, "results": [], "id": "e21a"})");

  const ApiError failure = GetParam().fail(client);

  EXPECT_THAT(failure.error.what, HasSubstr("an error in a success"));
}

TEST_P(EachEndpoint, AsksBelowThePublicApiAndEndsItsPathInASlash) {
  transport.answer(500, "");

  (void)GetParam().fail(client);

  const std::string url = transport.asked.at(0).url;
  EXPECT_TRUE(url.starts_with(kApi)) << url;
  EXPECT_TRUE(url.substr(0, url.find('?')).ends_with('/')) << url;
  const bool reads = transport.asked[0].method == http::Method::Get;
  EXPECT_EQ(transport.asked[0].cost, reads ? http::Cost::Read : http::Cost::Write);
}

INSTANTIATE_TEST_SUITE_P(Table, EachEndpoint, testing::ValuesIn(endpoints()),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace praxisync::assess
