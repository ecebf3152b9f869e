// What the played Ashby lets nobody get away with.
#include "sandbox/ats/hiring.h"
#include "unit/ashby/ashby_account.h"

namespace praxisync::ashby {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::SizeIs;

class PlayedAshby : public AshbyAccount {
 protected:
  std::string code(const std::string& method, const Json& body) {
    const Json answer = ask(method, body.dump());
    return answer.at("success").get<bool>() ? "" : answer.at("errorInfo").at("code");
  }
  int status(http::Request request) { return peer_.handle(request).status; }
  std::string id_ = applicant();
  std::string person_ = world_.application(id_)->person;
};

TEST_F(PlayedAshby, RefusesWithStatus200AndSuccessFalse) {
  const http::Response reply = raw("application.list", R"({"limit":101})");

  EXPECT_EQ(reply.status, 200);
  EXPECT_FALSE(Json::parse(reply.body).at("success").get<bool>());
  EXPECT_EQ(code("application.list", {{"limit", 101}}), "invalid_input");
}

TEST_F(PlayedAshby, SpellsErrorsAsItIsTold) {
  peer_.spelling = sandbox::ats::Ashby::Spelling::Codes;
  EXPECT_EQ(ask("application.list", R"({"limit":0})"),
            Json::parse(R"({"success":false,"errors":["invalid_input"]})"));
  peer_.spelling = sandbox::ats::Ashby::Spelling::Objects;
  EXPECT_EQ(ask("application.list", R"({"limit":0})")["errors"][0]["code"], "invalid_input");
}

TEST_F(PlayedAshby, RefusesFieldsThatItDoesNotKnow) {
  for (const char* method :
       {"apiKey.info", "application.list", "application.info", "archiveReason.list",
        "candidate.info", "candidate.listNotes", "candidate.createNote", "candidate.addTag",
        "candidateTag.create", "customField.list", "customField.setValue", "interviewStage.list",
        "job.list", "application.changeStage"}) {
    EXPECT_EQ(code(method, {{"updatedAfter", 1}}), "invalid_input") << method;
  }
  EXPECT_EQ(code("candidate.info", {{"candidateId", person_}}), "invalid_input");
  EXPECT_EQ(code("application.list", {{"status", {"Active"}}}), "invalid_input");
  EXPECT_EQ(code("job.list", {{"status", "Open"}}), "invalid_input");
  EXPECT_EQ(code("application.info", {{"applicationId", "17"}}), "invalid_input");
}

TEST_F(PlayedAshby, WantsPostJsonAndTheKey) {
  EXPECT_EQ(raw("apiKey.info").status, 200);
  http::Request get = request("apiKey.info", "");
  get.method = http::Method::Get;
  EXPECT_EQ(status(get), 405);
  http::Request bare = request("apiKey.info", "{}");
  std::erase_if(bare.headers, [](const auto& header) { return header.name == "Authorization"; });
  EXPECT_EQ(status(bare), 401);
  bare.headers.push_back({"Authorization", "Basic " + http::base64("wrong:")});
  EXPECT_EQ(status(bare), 403);
  http::Request form = request("apiKey.info", "{}");
  std::erase_if(form.headers, [](const auto& header) { return header.name == "Content-Type"; });
  EXPECT_EQ(status(form), 400);
  http::Request old = request("apiKey.info", "{}");
  for (auto& header : old.headers) {
    if (header.name == "Ashby-Version") header.value = "2020-01-01";
  }
  EXPECT_EQ(status(old), 400);
  std::erase_if(old.headers, [](const auto& header) { return header.name == "Ashby-Version"; });
  EXPECT_EQ(status(old), 400);
  EXPECT_EQ(raw("application.change_stage").status, 404);
  EXPECT_EQ(raw("application.list?limit=1").status, 404);
  EXPECT_EQ(code("apiKey.info", Json::array()), "invalid_input");
}

TEST_F(PlayedAshby, SaysItsVersionOnEveryAnswer) {
  for (const char* method : {"apiKey.info", "nothing.at.all"}) {
    const http::Response reply = raw(method);
    EXPECT_EQ(http::header(reply.headers, "Ashby-Version"), "2026-01-01");
    EXPECT_EQ(http::header(reply.headers, "Ashby-Version-Status"), "active");
  }
}

TEST_F(PlayedAshby, AMissingPermissionIsA403WithItsCode) {
  peer_.scopes.erase("jobs:read");

  EXPECT_EQ(raw("job.list").status, 403);
  EXPECT_EQ(code("job.list", Json::object()), "missing_endpoint_permission");
}

TEST_F(PlayedAshby, HasALimitForEachMinute) {
  peer_.requests_a_minute = 2;
  peer_.retry_after_seconds = 9;
  EXPECT_EQ(raw("apiKey.info").status, 200);
  EXPECT_EQ(raw("apiKey.info").status, 200);
  const http::Response third = raw("apiKey.info");
  EXPECT_EQ(third.status, 429);
  EXPECT_EQ(http::header(third.headers, "Retry-After"), "9");
  clock_.advance(std::chrono::minutes{1});

  EXPECT_EQ(raw("apiKey.info").status, 200);
}

TEST_F(PlayedAshby, GivesTheSyncTokenOnTheLastPageAlone) {
  applicant("Bob");

  const Json first = ask("application.list", R"({"limit":1})");
  EXPECT_FALSE(first.contains("syncToken"));
  const Json last =
      ask("application.list", Json{{"limit", 1}, {"cursor", first["nextCursor"]}}.dump());

  EXPECT_FALSE(last.contains("nextCursor"));
  EXPECT_EQ(code("application.list", {{"syncToken", last["syncToken"]}}), "");
}

TEST_F(PlayedAshby, WantsTheTokenOnEveryPageOfItsPass) {
  const Json token = ask("application.list")["syncToken"];
  for (int i = 0; i < 3; ++i) applicant("p" + std::to_string(i));
  const Json first = ask("application.list", Json{{"limit", 2}, {"syncToken", token}}.dump());
  EXPECT_THAT(first["results"], SizeIs(2));
  const Json cursor = first["nextCursor"];

  EXPECT_EQ(code("application.list", {{"limit", 2}, {"cursor", cursor}}), "invalid_input");
  EXPECT_EQ(code("application.list", {{"limit", 2}, {"cursor", cursor}, {"syncToken", token}}), "");
}

TEST_F(PlayedAshby, TakesNoTokenBesideAFilterOrOfAnotherList) {
  const Json token = ask("application.list")["syncToken"];

  EXPECT_EQ(code("application.list", {{"syncToken", token}, {"status", "Active"}}),
            "invalid_input");
  EXPECT_EQ(code("application.list", {{"syncToken", token}, {"jobId", job_}}), "invalid_input");
  EXPECT_EQ(code("job.list", {{"syncToken", token}}), "sync_token_invalid");
  EXPECT_EQ(code("application.list", {{"syncToken", "sync-0-1"}}), "sync_token_invalid");
  EXPECT_EQ(code("application.list", {{"cursor", "mine"}}), "invalid_next_cursor");
}

TEST_F(PlayedAshby, ForgetsTokensAndCursors) {
  applicant("Bob");
  const Json cursor = ask("application.list", R"({"limit":1})")["nextCursor"],
             token = ask("application.list")["syncToken"];
  clock_.advance(peer_.cursor_life + Milliseconds{1});
  EXPECT_EQ(code("application.list", {{"limit", 1}, {"cursor", cursor}}), "next_cursor_expired");
  EXPECT_EQ(code("application.list", {{"syncToken", token}}), "");
  clock_.advance(peer_.token_life);

  EXPECT_EQ(code("application.list", {{"syncToken", token}}), "sync_token_expired");
}

TEST_F(PlayedAshby, APassShowsWhoWasThereWhenItBegan) {
  applicant("Bob");
  const Json first = ask("application.list", R"({"limit":1})");
  applicant("Cid");
  const Json last =
      ask("application.list", Json{{"limit", 1}, {"cursor", first["nextCursor"]}}.dump());
  EXPECT_FALSE(last["moreDataAvailable"]);

  const Json news = ask("application.list", Json{{"syncToken", last["syncToken"]}}.dump());

  ASSERT_THAT(news["results"], SizeIs(1));
  EXPECT_EQ(news["results"][0]["candidate"]["name"], "Cid Doe");
}

TEST_F(PlayedAshby, AnArchiveReasonGoesWithTheArchiveAndNothingElse) {
  const Json archived{{"applicationId", id_}, {"interviewStageId", stage("Archived")}};
  EXPECT_EQ(code("application.changeStage", archived), "invalid_input");
  Json onsite{{"applicationId", id_}, {"interviewStageId", stage("Onsite")}};
  onsite["archiveReasonId"] = reason_;
  EXPECT_EQ(code("application.changeStage", onsite), "invalid_input");
  Json unknown = archived;
  unknown["archiveReasonId"] = job_;
  EXPECT_EQ(code("application.changeStage", unknown), "archive_reason_not_found");
  EXPECT_TRUE(world_.effects().empty());

  Json right = archived;
  right["archiveReasonId"] = reason_;
  EXPECT_EQ(code("application.changeStage", right), "");
}

TEST_F(PlayedAshby, AStageOfAnotherPlanIsNotFound) {
  const std::string other = world_.add_plan("Other", {"Test"});

  EXPECT_EQ(code("application.changeStage",
                 {{"applicationId", id_}, {"interviewStageId", world_.plan(other)->stages[0].id}}),
            "interview_stage_not_found");
  EXPECT_EQ(code("application.changeStage",
                 {{"applicationId", job_}, {"interviewStageId", stage("Onsite")}}),
            "application_not_found");
}

TEST_F(PlayedAshby, ValuesAreOfTheirFieldsTypeAndObject) {
  const std::string score = world_.add_field("Score", sandbox::ats::FieldType::Number);
  Json body{{"objectId", id_}, {"objectType", "Application"}, {"fieldId", score}};
  for (const Json& value : {Json("87"), Json(true), Json(nullptr), Json::array()}) {
    body["fieldValue"] = value;
    EXPECT_EQ(code("customField.setValue", body), "invalid_input") << value;
  }
  body["fieldValue"] = 87;
  body["objectType"] = "Candidate";
  EXPECT_EQ(code("customField.setValue", body), "invalid_input");
  body["objectType"] = "Application";
  EXPECT_EQ(code("customField.setValue", body), "");
  EXPECT_EQ(ask("application.info",
                Json{{"applicationId", id_}}.dump())["results"]["customFields"][0]["value"],
            87);
}

TEST_F(PlayedAshby, ANoteTellsPeopleOnlyWhenItIsAskedTo) {
  Json body{{"candidateId", person_}, {"note", {{"type", "text/plain"}, {"value", "x"}}}};
  EXPECT_EQ(code("candidate.createNote", body), "");
  EXPECT_EQ(peer_.notifications(), 0);
  body["sendNotifications"] = true;
  EXPECT_EQ(code("candidate.createNote", body), "");
  EXPECT_EQ(peer_.notifications(), 1);

  body["note"] = {{"type", "text/markdown"}, {"value", "x"}};
  EXPECT_EQ(code("candidate.createNote", body), "invalid_input");
  body["note"] = "plain";
  body["isPrivate"] = true;
  EXPECT_EQ(code("candidate.createNote", body), "missing_endpoint_permission");
}

TEST_F(PlayedAshby, NotesComeInPages) {
  for (int i = 0; i < 3; ++i)
    world_.write_note({.person = person_, .text = "n" + std::to_string(i)});

  const Json first =
      ask("candidate.listNotes", Json{{"candidateId", person_}, {"limit", 2}}.dump());

  EXPECT_THAT(first["results"], SizeIs(2));
  EXPECT_TRUE(first["moreDataAvailable"]);
}

TEST_F(PlayedAshby, TheLoserOfAMergeIsNoMore) {
  const std::string winner = person("Bob");
  world_.merge(winner, person_);

  EXPECT_EQ(code("candidate.info", {{"id", person_}}), "candidate_not_found");
  EXPECT_EQ(
      ask("application.info", Json{{"applicationId", id_}}.dump())["results"]["candidate"]["id"],
      winner);
}

TEST_F(PlayedAshby, ListsThousandsOfPeople) {
  for (int i = 0; i < 2999; ++i) applicant("p" + std::to_string(i));
  routed_ = {{"*", "*"}};
  connect();

  Pulled pulled = pull_all();
  EXPECT_THAT(pulled.pages, SizeIs(30));
  EXPECT_THAT(pulled.applications(), SizeIs(3000));
  pulled = pull_all(pulled.next);

  EXPECT_THAT(pulled.pages, SizeIs(1));
  EXPECT_THAT(pulled.applications(), SizeIs(0));
}

TEST_F(PlayedAshby, HasTheDemosPeople) {
  sandbox::ats::Ashby demo(clock_);
  const auto due = sandbox::ats::start_hiring(demo.world(), sandbox::ats::plan_shape("ashby"));
  sandbox::ats::PeerTransport transport(clock_);
  transport.mount(demo);
  connector::Settings settings{ConnectorName("ats")};
  settings.set_secret("api_key", ApiKey(sandbox::ats::kAshbyApiKey));
  ats_ = *spec().make(settings, {.transport = transport, .clock = clock_, .routed = {{"*", "*"}}});

  const std::vector<std::string> ids = pull_all().ids();

  for (const sandbox::ats::Due& one : due) EXPECT_THAT(ids, testing::Contains(one.application));
  EXPECT_THAT(ats_->openings(), IsOk());
}

TEST_F(PlayedAshby, AnswersTheSameWayEachTime) {
  EXPECT_EQ(ask("application.info", Json{{"applicationId", id_}}.dump()),
            ask("application.info", Json{{"applicationId", id_}}.dump()));
  EXPECT_THAT(raw("apiKey.info").body, HasSubstr("candidates:write"));
}

}  // namespace
}  // namespace praxisync::ashby
