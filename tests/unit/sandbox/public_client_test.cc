// A client that nobody here wrote: curl, through the examples of the API's documents.
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>

#include "sandbox/demo_world.h"
#include "sandbox/server.h"
#include "support/process.h"
#include "support/result_matchers.h"
#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using praxisync::testing_support::IsOk;
using praxisync::testing_support::Process;
using namespace testing_support;

constexpr const char* kCurl = "/usr/bin/curl";

class PublicClient : public testing::Test {
 protected:
  void SetUp() override {
    if (::access(kCurl, X_OK) != 0) GTEST_SKIP() << "needs " << kCurl << " (Debian package: curl)";
    build_demo_world(sandbox_);
    sandbox_.add_people(30);
    ASSERT_THAT(server_.start(), IsOk());
  }

  /// What curl says of one request: its exit code in `status` where it got no answer.
  Reply curl(std::vector<std::string> arguments) {
    const std::string url = server_.origin() + arguments.back();
    arguments.back() = url;
    arguments.insert(arguments.begin(),
                     {"--silent", "--max-time", "20", "--write-out", "\n%{http_code}", "--header",
                      std::string("Authorization: Bearer ") + kDemoKey});
    Process process({.program = kCurl,
                     .arguments = std::move(arguments),
                     .environment = {},
                     .folder = std::filesystem::temp_directory_path()});
    const auto ended = process.wait();
    const std::size_t line = ended.out.rfind('\n');
    if (ended.code != 0 || line == std::string::npos) return {ended.code, {}, ended.out};
    return {std::stoi(ended.out.substr(line + 1)), {}, ended.out.substr(0, line)};
  }
  Reply get(const std::string& path) { return curl({std::string(kPublicPath) + path}); }
  Reply send(const std::string& method, const std::string& path, const std::string& body) {
    return curl({"--request", method, "--header", "Content-Type: application/json", "--data", body,
                 std::string(kPublicPath) + path});
  }
  Reply post(const std::string& path, const std::string& body) { return send("POST", path, body); }

  static Options options() {
    Options options = roomy();
    options.candidates = CandidateBehaviour{};
    return options;
  }

  DrivenClock clock_{Timestamp{Milliseconds{1'767'600'000'000}}};
  AssessSandbox sandbox_{clock_, options()};
  SandboxServer server_{sandbox_, clock_};
};

TEST_F(PublicClient, ReadsAssessmentsAndTheOrganisationByTheExamples) {
  const Reply found = get("assessments/?status=active&search=backend");
  EXPECT_EQ(found.status, 200);
  EXPECT_EQ(found.at("/results/0/slug"), "senior-backend-screen");
  EXPECT_EQ(found.at("/meta/plan"), "enterprise");
  EXPECT_EQ(get("assessments/senior-backend-screen/").at("/passing_score"), "70");
  EXPECT_EQ(get("assessments/senior-backend-screen/cases/").size("/results"), 3U);
  EXPECT_EQ(get("org/").at("/slug"), "acme-corp");
  EXPECT_EQ(get("org/team/").at("/count"), "3");
  EXPECT_EQ(get("org/stats/").at("/active_assessments"), "5");
  EXPECT_EQ(get("assessments/nope/").code(), "NOT_FOUND");
}

TEST_F(PublicClient, InvitesFollowsAndReadsTheResultByTheExamples) {
  const std::string invites = "assessments/senior-backend-screen/invites/";
  const std::string jane =
      R"({"email":"jane.doe@example.com","name":"Jane Doe","role":"Senior Backend Engineer",)"
      R"("send_email":true})";
  const Reply created = post(invites, jane);
  const std::string token = created.at("/invite_token");
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(created.at("/message"), "Invitation created successfully.");
  EXPECT_EQ(created.at("/invite_url"), "https://praxicraft.com/take/" + token);
  EXPECT_EQ(post(invites, jane).status, 200);

  const Reply bulk =
      post(invites + "bulk/",
           R"({"candidates":[{"email":"alice@example.com","name":"Alice Chen"},)"
           R"({"email":"bob@example.com"},{"email":"jane.doe@example.com"}],"send_email":true})");
  EXPECT_EQ(bulk.size("/invited"), 2U);
  EXPECT_EQ(bulk.at("/skipped/0/email"), "jane.doe@example.com");

  EXPECT_EQ(get("invites/" + token + "/").at("/status"), "pending");
  EXPECT_EQ(post("invites/" + token + "/remind/", "{}").at("/message"), "Reminder sent.");
  EXPECT_EQ(send("DELETE", "invites/" + bulk.at("/invited/1/invite_token") + "/", "").status, 204);
  EXPECT_EQ(curl({"--data", R"({"token":")" + token + R"(","do":"finish","score":85})",
                  "/__sandbox/candidates"})
                .status,
            200);
  EXPECT_EQ(get("invites/" + token + "/result/").at("/score"), "255");
  EXPECT_EQ(get("assessments/senior-backend-screen/results/").at("/results/0/invite_token"), token);
  EXPECT_EQ(get("invites/?page_size=2").size("/results"), 2U);
}

TEST_F(PublicClient, KeepsTasksPipelinesAndWebhooksByTheExamples) {
  const Reply task = post("cases/create/", R"({"title":"My New Task","description":"d",)"
                                           R"("question":"### Q","case_type":"coding"})");
  EXPECT_EQ(task.status, 201);
  const std::string path = "cases/" + task.at("/id") + "/";
  EXPECT_EQ(get("cases/").at("/results/0/title"), "My New Task");
  EXPECT_EQ(send("PATCH", path, R"({"title":"Updated Title"})").at("/title"), "Updated Title");
  EXPECT_EQ(get(path).at("/question"), "### Q");
  EXPECT_EQ(send("DELETE", path, "").status, 204);

  EXPECT_EQ(get("pipelines/").at("/results/0/stage_count"), "3");
  EXPECT_EQ(get("pipelines/grad-2025/").at("/stages/0/assessment_slug"), "initial-screen");
  const Reply enrolled =
      post("pipelines/grad-2025/enroll/", R"({"email":"jane@example.com","name":"Jane"})");
  EXPECT_EQ(get("pipelines/enrollments/" + enrolled.at("/enrollment_id") + "/").at("/status"),
            "active");

  const Reply webhook =
      post("webhooks/", R"({"url":"https://api.acme.com/webhooks",)"
                        R"("event_types":["assessment.completed","candidate.passed"]})");
  EXPECT_THAT(webhook.at("/signing_secret"), testing::StartsWith("whsec_"));
  EXPECT_EQ(get("webhooks/").at("/results/0/id"), webhook.at("/id"));
}

TEST_F(PublicClient, SeesThePageAndTheErrorsOfTheDocuments) {
  EXPECT_THAT(curl({"/"}).body, testing::HasSubstr("praxisync sandbox"));
  EXPECT_EQ(post("assessments/senior-backend-screen/invites/", "{}").code(), "MISSING_EMAIL");
  EXPECT_EQ(post("assessments/platform-screen/invites/", R"({"email":"a@example.com"})").code(),
            "ASSESSMENT_NOT_ACTIVE");
  EXPECT_EQ(
      post("webhooks/", R"({"url":"http://acme.com/","event_types":["webhook.test"]})").code(),
      "VALIDATION_ERROR");
  EXPECT_EQ(
      curl({"--header", "Authorization: Bearer ct_live_other", std::string(kPublicPath) + "org/"})
          .status,
      401);
}

}  // namespace
}  // namespace praxisync::sandbox
