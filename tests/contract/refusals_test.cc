/// Each refusal that the documents name, and those that they do not: every answer has the
/// documented form.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/whole_api.h"
#include "support/result_matchers.h"

namespace praxisync::testing_support {
namespace {

using http::Method;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// The sandbox with one invitation that is started, behind a judge of its answers.
class Refusals : public testing::Test {
 protected:
  explicit Refusals(sandbox::Options options = roomy())
      : rig_(std::move(options)), judged_(rig_.transport, the_contract(), Judge::AnswersOnly) {
    rig_.sandbox.add_key("ct_live_narrow", {});
  }

  http::Response ask(Method method, const std::string& path, std::string body = {},
                     const std::string& key = kApiKey,
                     const std::string& type = "application/json") {
    http::Request request{.method = method, .url = kApi + path, .body = std::move(body)};
    request.headers = {{"Authorization", "Bearer " + key}, {"Content-Type", type}};
    Result<http::Response> answer = judged_.send(request);
    EXPECT_THAT(answer, IsOk());
    EXPECT_THAT(judged_.violations(), IsEmpty());
    return answer ? *answer : http::Response{};
  }

  Rig rig_;
  ContractTransport judged_;
};

constexpr const char* kInvites = "assessments/senior-backend-screen/invites/";
constexpr const char* kAda = R"({"email":"ada@example.com"})";

struct Refused {
  std::string name;
  Method method;
  std::string path;
  std::string body;
  int status;
  std::string code;  ///< empty: not documented
};
void PrintTo(const Refused& row, std::ostream* out) { *out << row.name; }

class EachRefusal : public Refusals, public testing::WithParamInterface<Refused> {};

TEST_P(EachRefusal, HasTheDocumentedForm) {
  const http::Response answer = ask(GetParam().method, GetParam().path, GetParam().body);

  EXPECT_EQ(answer.status, GetParam().status);
  EXPECT_THAT(answer.body, HasSubstr(GetParam().code));
}

INSTANTIATE_TEST_SUITE_P(
    Table, EachRefusal,
    testing::Values(
        Refused{"NoSuchAssessment", Method::Get, "assessments/nowhere/", "", 404, "NOT_FOUND"},
        Refused{"NoSuchAssessmentsTasks", Method::Get, "assessments/nowhere/cases/", "", 404,
                "NOT_FOUND"},
        Refused{"NoSuchAssessmentsResults", Method::Get, "assessments/nowhere/results/", "", 404,
                "NOT_FOUND"},
        Refused{"NoSuchInvitation", Method::Get, "invites/nowhere/", "", 404, "NOT_FOUND"},
        Refused{"NoSuchInvitationToRemind", Method::Post, "invites/nowhere/remind/", "", 404,
                "NOT_FOUND"},
        Refused{"NoSuchInvitationToCancel", Method::Delete, "invites/nowhere/", "", 404,
                "NOT_FOUND"},
        Refused{"NoSuchResult", Method::Get, "invites/nowhere/result/", "", 404, "NOT_FOUND"},
        Refused{"NoSuchTask", Method::Get, "cases/nowhere/", "", 404, "NOT_FOUND"},
        Refused{"NoSuchTaskToUpdate", Method::Patch, "cases/nowhere/", R"({"title":"x"})", 404,
                "NOT_FOUND"},
        Refused{"NoSuchTaskToDelete", Method::Delete, "cases/nowhere/", "", 404, "NOT_FOUND"},
        Refused{"NoSuchPipeline", Method::Get, "pipelines/nowhere/", "", 404, "NOT_FOUND"},
        Refused{"NoSuchPipelineToEnrollIn", Method::Post, "pipelines/nowhere/enroll/", kAda, 404,
                "NOT_FOUND"},
        Refused{"NoSuchEnrollment", Method::Get, "pipelines/enrollments/nowhere/", "", 404,
                "NOT_FOUND"},
        Refused{"NoSuchWebhook", Method::Post, "webhooks/nowhere/test/", "", 404, "NOT_FOUND"},
        Refused{"NoSuchCursor", Method::Get, "invites/?cursor=nowhere", "", 404, ""},
        Refused{"NoAddress", Method::Post, kInvites, "{}", 400, "MISSING_EMAIL"},
        Refused{"NoAddressToEnroll", Method::Post, "pipelines/grad-2025/enroll/", "{}", 400,
                "MISSING_EMAIL"},
        Refused{"DraftAssessment", Method::Post, "assessments/planned/invites/", kAda, 400,
                "ASSESSMENT_NOT_ACTIVE"},
        Refused{"ArchivedAssessmentInBulk", Method::Post, "assessments/old/invites/bulk/",
                R"({"candidates":[{"email":"ada@example.com"}]})", 400, "ASSESSMENT_NOT_ACTIVE"},
        Refused{"NoCandidates", Method::Post, "assessments/senior-backend-screen/invites/bulk/",
                "{}", 400, ""},
        Refused{"UnknownFilter", Method::Get, "assessments/?status=asleep", "", 400, ""},
        Refused{"TaskWithoutAQuestion", Method::Post, "cases/create/", R"({"title":"x"})", 400, ""},
        Refused{"WebhookInClearText", Method::Post, "webhooks/",
                R"({"url":"http://hooks.example.com/","event_types":["webhook.test"]})", 400, ""},
        Refused{"NotJson", Method::Post, kInvites, "email=ada", 400, ""},
        Refused{"TooLarge", Method::Post, kInvites, std::string(2U << 20, 'x'), 413, ""}),
    [](const auto& row) { return row.param.name; });

TEST_F(Refusals, OfAKeyThatIsNotKnown) {
  for (const char* path : {"assessments/", "invites/", "cases/", "pipelines/", "webhooks/", "org/",
                           "org/team/", "org/stats/"}) {
    const http::Response answer = ask(Method::Get, path, "", "ct_live_wrong");

    EXPECT_EQ(answer.status, 401) << path;
    EXPECT_THAT(answer.body, HasSubstr("INVALID_API_KEY")) << path;
  }
}

TEST_F(Refusals, OfAKeyThatMayNot) {
  for (const char* path : {"assessments/", "assessments/x/results/", "invites/", "cases/"})
    EXPECT_EQ(ask(Method::Get, path, "", "ct_live_narrow").status, 403) << path;
  EXPECT_EQ(ask(Method::Post, kInvites, kAda, "ct_live_narrow").status, 403);
  EXPECT_EQ(ask(Method::Post, "cases/create/", "{}", "ct_live_narrow").status, 403);
  EXPECT_EQ(ask(Method::Get, "org/", "", "ct_live_narrow").status, 200) << "needs no scope";
}

TEST_F(Refusals, OfABodyThatIsNotCalledJson) {
  EXPECT_EQ(ask(Method::Post, kInvites, kAda, kApiKey, "text/plain").status, 415);
}

TEST_F(Refusals, OfWhatAnInvitationsStateDoesNotAllow) {
  ASSERT_EQ(ask(Method::Post, kInvites, kAda).status, 201);
  ASSERT_THAT(rig_.sandbox.start("ada@example.com", "senior-backend-screen"), IsOk());
  const std::string one =
      "invites/" + rig_.sandbox.token_of("ada@example.com", "senior-backend-screen") + "/";

  EXPECT_EQ(ask(Method::Delete, one).status, 400);
  ASSERT_THAT(rig_.sandbox.finish("ada@example.com", "senior-backend-screen", 50), IsOk());
  EXPECT_EQ(ask(Method::Post, one + "remind/").status, 400);
}

class QuotaOfOne : public Refusals {
 protected:
  QuotaOfOne() : Refusals(roomy({.invite_limit = 1})) {}
};

TEST_F(QuotaOfOne, IsRefusedWhereverSomebodyIsInvited) {
  ASSERT_EQ(ask(Method::Post, kInvites, kAda).status, 201);

  for (const auto& [path, body] :
       {std::pair<std::string, std::string>{kInvites, R"({"email":"bob@example.com"})"},
        {std::string(kInvites) + "bulk/", R"({"candidates":[{"email":"bob@example.com"}]})"},
        {"pipelines/grad-2025/enroll/", R"({"email":"bob@example.com"})"}}) {
    const http::Response answer = ask(Method::Post, path, body);

    EXPECT_EQ(answer.status, 403) << path;
    EXPECT_THAT(answer.body, HasSubstr("INVITE_QUOTA_EXCEEDED")) << path;
  }
}

struct Throttling {
  std::string name;
  sandbox::RetryAfter retry_after;
  sandbox::ThrottleCode code;
};
void PrintTo(const Throttling& row, std::ostream* out) { *out << row.name; }

class EachThrottling : public Refusals, public testing::WithParamInterface<Throttling> {
 protected:
  static sandbox::Options narrow() {
    sandbox::Options options = roomy();
    options.reads_per_hour = options.writes_per_hour = 1;
    options.retry_after = GetParam().retry_after;
    options.throttle_code = GetParam().code;
    return options;
  }
  EachThrottling() : Refusals(narrow()) {}
};

TEST_P(EachThrottling, HasTheDocumentedForm) {
  ask(Method::Get, "org/");
  ask(Method::Post, kInvites, kAda);

  const http::Response read = ask(Method::Get, "org/");
  const http::Response write = ask(Method::Post, kInvites, kAda);

  EXPECT_EQ(read.status, 429);
  EXPECT_EQ(write.status, 429);
  EXPECT_EQ(http::header(write.headers, "X-RateLimit-Limit"), "1");
  EXPECT_EQ(http::header(write.headers, "X-RateLimit-Remaining"), "0");
  const bool told = GetParam().retry_after != sandbox::RetryAfter::Absent;
  EXPECT_EQ(http::header(write.headers, "Retry-After").empty(), !told);
}

INSTANTIATE_TEST_SUITE_P(Table, EachThrottling,
                         testing::Values(Throttling{"InSeconds", sandbox::RetryAfter::Seconds,
                                                    sandbox::ThrottleCode::Present},
                                         Throttling{"ByADate", sandbox::RetryAfter::HttpDate,
                                                    sandbox::ThrottleCode::Present},
                                         Throttling{"WithNothingButAMessage",
                                                    sandbox::RetryAfter::Absent,
                                                    sandbox::ThrottleCode::Absent}),
                         [](const auto& row) { return row.param.name; });

TEST_F(Refusals, OfAnUnknownPathOrMethodHaveTheFormOfAnErrorToo) {
  for (const auto& [method, path] :
       {std::pair{Method::Get, "nowhere/"}, std::pair{Method::Get, "org"},
        std::pair{Method::Delete, "org/"}}) {
    http::Request request{.method = method, .url = std::string(kApi) + path};
    request.headers = {{"Authorization", std::string("Bearer ") + kApiKey}};
    const http::Response answer = rig_.sandbox.handle(request);

    EXPECT_GE(answer.status, 404) << path;
    EXPECT_THAT(the_contract().check_body("Error", answer.body), IsEmpty()) << path;
  }
}

}  // namespace
}  // namespace praxisync::testing_support
