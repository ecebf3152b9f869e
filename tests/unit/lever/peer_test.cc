// The played Lever is as strict as the real one: these go to it without the connector.
#include <nlohmann/json.hpp>

#include "http/base64.h"
#include "http/url.h"
#include "unit/lever/lever_world.h"

namespace praxisync::lever {
namespace {

using nlohmann::json;
using std::chrono::minutes;
using testing::HasSubstr;
using testing::IsEmpty;

class PlayedLever : public LeverTest {
 protected:
  PlayedLever() { peer.rate = 0; }

  http::Response send(http::Method method, const std::string& path, const std::string& body = "") {
    http::Request request{.method = method, .url = "https://api.lever.co/v1/" + path, .body = body};
    request.headers.push_back(
        {"Authorization", "Basic " + http::base64(std::string(sandbox::ats::kLeverApiKey) + ":")});
    if (!body.empty()) request.headers.push_back({"Content-Type", "application/json"});
    return peer.handle(request);
  }
  http::Response get(const std::string& path) { return send(http::Method::Get, path); }
  json list(const std::string& path) {
    const http::Response reply = get(path);
    EXPECT_EQ(reply.status, 200) << path << " " << reply.body;
    return json::parse(reply.body);
  }
};

TEST_F(PlayedLever, TakesTheKeyAsAUserWithoutPasswordAndNoOtherWay) {
  const std::string key = sandbox::ats::kLeverApiKey;
  for (const std::string& header :
       {std::string(), "Bearer " + key, "Basic " + http::base64(key),
        "Basic " + http::base64(":" + key), "Basic " + http::base64(key + ":x")}) {
    http::Request request{.url = "https://api.lever.co/v1/stages"};
    if (!header.empty()) request.headers.push_back({"Authorization", header});

    const http::Response reply = peer.handle(request);

    EXPECT_EQ(reply.status, 401) << header;
    EXPECT_THAT(reply.body, HasSubstr("UnauthorizedError"));
  }
}

TEST_F(PlayedLever, RefusesWhatItDoesNotKnow) {
  for (const char* path : {"stage", "stages/", "opportunities/x/y", "", "candidates"})
    EXPECT_EQ(get(path).status, 404) << path;
  for (const char* path :
       {"stages?per_page=5", "opportunities?status=active", "opportunities?limit=0",
        "opportunities?limit=101", "opportunities?limit=ten", "opportunities?limit=5&limit=6",
        "opportunities?archived=no", "opportunities?archived=true&archived=false",
        "opportunities?confidentiality=both", "opportunities?expand=application",
        "opportunities?updated_at_start=2026-01-01T00:00:00Z",
        "opportunities?stage_id=", "opportunities?stage_id=nowhere",
        "opportunities?posting_id=nowhere", "opportunities?offset=1", "opportunities/deleted",
        "opportunities/deleted?deleted_at_start=1",
        "opportunities/deleted?deleted_at_start=0&deleted_at_end=2592000001"})
    EXPECT_EQ(get(path).status, 400) << path;
  EXPECT_EQ(send(http::Method::Post, "stages", "{}").status, 404);
}

TEST_F(PlayedLever, TakesOnlyOffsetsThatItIssuedForTheSameFilters) {
  apply_many(3, backend, "Technical Test");
  const json first = list("opportunities?limit=1&archived=false");
  ASSERT_TRUE(first["hasNext"]);
  const auto token = first["next"].get<std::string>();
  const std::string encoded = http::encode_query_value(token);

  EXPECT_THAT(token, testing::StartsWith("%5B2%2C"));
  EXPECT_EQ(get("opportunities?limit=1&archived=false&offset=" + token).status, 400)
      << "a token that was not encoded once more";
  EXPECT_EQ(get("opportunities?limit=1&offset=" + encoded).status, 400) << "other filters";
  EXPECT_EQ(get("postings?offset=" + encoded).status, 400) << "another list";
  const json second = list("opportunities?limit=2&archived=false&offset=" + encoded);
  EXPECT_EQ(second["data"].size(), 2U);
  EXPECT_FALSE(second["hasNext"]);
  EXPECT_FALSE(second.contains("next")) << "it is missing on the last page";

  peer.offset_life = minutes{1};
  clock.advance(minutes{1});
  EXPECT_EQ(get("opportunities?limit=2&archived=false&offset=" + encoded).status, 400);
}

TEST_F(PlayedLever, ListsByStageThenTimeThenId) {
  const std::string late = apply("late", backend, "Onsite");
  clock.advance(minutes{1});
  const std::string early = apply("early", backend, "Technical Test");

  const json all = list("opportunities");

  EXPECT_EQ(all["data"][0]["id"], early);
  EXPECT_EQ(all["data"][1]["id"], late);
}

TEST_F(PlayedLever, ConfidentialOnesAreSilentlyMissingUnlessAskedFor) {
  const std::string ada = apply("ada", backend, "Technical Test");
  world.make_confidential(backend);

  EXPECT_EQ(list("opportunities")["data"].size(), 0U);
  EXPECT_EQ(list("postings")["data"].size(), 1U);
  EXPECT_EQ(list("opportunities?confidentiality=confidential")["data"].size(), 1U);
  EXPECT_EQ(list("postings?confidentiality=all")["data"].size(), 2U);

  peer.scopes.erase("confidential:access:admin");
  EXPECT_EQ(get("opportunities?confidentiality=all").status, 403);
  EXPECT_EQ(get("opportunities/" + ada).status, 403);
  EXPECT_EQ(get("opportunities?confidentiality=non-confidential").status, 200);
}

TEST_F(PlayedLever, WithoutAFilterArchivedAndSnoozedOnesAreListed) {
  const std::string rejected = apply("rejected", backend, "Technical Test");
  world.reject(rejected, world.reasons()[0].id);
  const std::string hired = apply("hired", backend, "Technical Test");
  world.hire(hired);
  peer.snoozed.insert(apply("snoozed", backend, "Technical Test"));

  EXPECT_EQ(list("opportunities")["data"].size(), 3U);
  const json archived = list("opportunities?archived=true");
  EXPECT_EQ(archived["data"].size(), 2U);
  for (const json& row : archived["data"]) EXPECT_TRUE(row["archived"]["reason"].is_string());
  EXPECT_EQ(list("opportunities?archived=false")["data"].size(), 1U);
  EXPECT_EQ(list("opportunities?snoozed=false")["data"].size(), 2U);
}

TEST_F(PlayedLever, BoundsAreInclusiveAndOldRowsMatchNone) {
  const std::string ada = apply("ada", backend, "Technical Test");
  const std::string now = std::to_string(clock.now().time_since_epoch().count());
  EXPECT_EQ(list("opportunities?updated_at_start=" + now)["data"].size(), 1U);
  EXPECT_EQ(list("opportunities?updated_at_end=" + now)["data"].size(), 1U);

  peer.undated.insert(ada);

  EXPECT_EQ(list("opportunities?updated_at_start=0")["data"].size(), 0U);
  EXPECT_TRUE(list("opportunities")["data"][0]["updatedAt"].is_null());
}

TEST_F(PlayedLever, OnlyWhatIsExpandedIsAnObject) {
  const std::string ada = apply("ada", backend, "Technical Test");

  const json plain = list("opportunities")["data"][0];
  const json expanded = list("opportunities?expand=applications&expand=stage")["data"][0];

  EXPECT_TRUE(plain["applications"][0].is_string());
  EXPECT_EQ(plain["stage"], test_stage);
  EXPECT_EQ(expanded["applications"][0]["posting"], backend);
  EXPECT_EQ(expanded["stage"]["text"], "Technical Test");
}

TEST_F(PlayedLever, ALeadHasNoApplicationAndDefaultStagesHaveWords) {
  world.apply(world.add_person("Lead", "", {"l@example.org"}), "", "");

  const json row = list("opportunities?stage_id=lead-new")["data"][0];

  EXPECT_THAT(row["applications"], IsEmpty());
  EXPECT_EQ(row["stage"], "lead-new");
}

TEST_F(PlayedLever, IncludeTakesAllElseAway) {
  const json row = list("postings?include=text&include=state")["data"][0];

  EXPECT_EQ(row, (json{{"text", "Backend Engineer"}, {"state", "published"}}));
  EXPECT_TRUE(list("postings")["data"][0].contains("content"));
}

TEST_F(PlayedLever, AnswersToWritesHaveNoPersonButThatToALink) {
  const std::string ada = apply("ada", backend, "Technical Test"), path = "opportunities/" + ada;

  const auto tags =
      json::parse(send(http::Method::Post, path + "/addTags", R"({"tags":["x"]})").body);
  const auto moved =
      json::parse(send(http::Method::Put, path + "/stage", R"({"stage":"offer"})").body);
  const auto link =
      json::parse(send(http::Method::Post, path + "/addLinks", R"({"links":["https://x"]})").body);

  EXPECT_EQ(tags["data"]["name"], "");
  EXPECT_THAT(moved["data"]["emails"], IsEmpty());
  EXPECT_EQ(link["data"]["name"], "ada Doe");
}

TEST_F(PlayedLever, RefusesBodiesThatAreNotAsDocumented) {
  const std::string path = "opportunities/" + apply("ada", backend, "Technical Test");
  using enum http::Method;
  for (const char* body : {"", "{}", R"({"value":""})", R"({"value":1})",
                           R"({"value":"x","text":"y"})", R"({"value":"x","secret":"no"})", "[]"})
    EXPECT_EQ(send(Post, path + "/notes", body).status, 400) << body;
  for (const char* body : {"{}", R"({"tags":[]})", R"({"tags":"x"})", R"({"tags":[""]})"})
    EXPECT_EQ(send(Post, path + "/addTags", body).status, 400) << body;
  EXPECT_EQ(send(Post, path + "/stage", R"({"stage":"offer"})").status, 404) << "it is a PUT";
  EXPECT_EQ(send(Put, path + "/stage", R"({"stage":"offer","from":"x"})").status, 400);
  EXPECT_EQ(send(Put, path + "/archived", "{}").status, 400);
  EXPECT_THAT(world.effects(), IsEmpty());
}

TEST_F(PlayedLever, WhatIsNotFoundIsNamed) {
  const std::string path = "opportunities/" + apply("ada", backend, "Technical Test");
  using enum http::Method;

  EXPECT_THAT(send(Put, path + "/stage", R"({"stage":"nowhere"})").body,
              HasSubstr("stages nowhere was not found"));
  EXPECT_THAT(send(Put, path + "/archived", R"({"reason":"none"})").body,
              HasSubstr("archive_reasons none was not found"));
  EXPECT_THAT(send(Post, "opportunities/x/notes", R"({"value":"x"})").body,
              HasSubstr("opportunities x was not found"));
  EXPECT_THAT(send(Post, path + "/notes?perform_as=me", R"({"value":"x"})").body,
              HasSubstr("users me was not found"));
}

TEST_F(PlayedLever, AReasonToHireHiresAndNoneUnarchives) {
  const std::string ada = apply("ada", backend, "Technical Test");
  const std::string path = "opportunities/" + ada + "/archived";
  const auto archive = [&](const std::string& reason) {
    return send(http::Method::Put, path, R"({"reason":)" + reason + "}").status;
  };
  using sandbox::ats::ApplicationStatus;

  EXPECT_EQ(archive('"' + world.reasons()[2].id + '"'), 200);
  EXPECT_EQ(world.application(ada)->status, ApplicationStatus::Hired);
  EXPECT_EQ(archive("null"), 200);
  EXPECT_EQ(world.application(ada)->status, ApplicationStatus::Active);
  EXPECT_EQ(archive('"' + world.reasons()[0].id + '"'), 200);
  EXPECT_EQ(world.application(ada)->stage, test_stage) << "the stage stays";
}

TEST_F(PlayedLever, TwentyAtOnceAndTenASecondWithoutAWordOfWhen) {
  peer.rate = 10;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(get("stages").status, 200);

  const http::Response refused = get("stages");

  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(http::header(refused.headers, "Retry-After"), "");
  clock.advance(Milliseconds{100});
  EXPECT_EQ(get("stages").status, 200);
  EXPECT_EQ(get("stages").status, 429);
}

TEST_F(PlayedLever, WhoWasDeletedIsListedInTheRange) {
  const std::string ada = apply("ada", backend, "Technical Test");
  world.remove_application(ada);
  const auto now = clock.now().time_since_epoch().count();
  const auto deleted = [&](auto from, auto to) {
    return list("opportunities/deleted?deleted_at_start=" + std::to_string(from) +
                "&deleted_at_end=" + std::to_string(to))["data"];
  };

  EXPECT_EQ(deleted(now, now)[0]["id"], ada);
  EXPECT_THAT(deleted(now + 1, now + 2), IsEmpty());
  peer.lists_deleted = false;
  EXPECT_EQ(get("opportunities/deleted?deleted_at_start=1&deleted_at_end=2").status, 403);
}

TEST_F(PlayedLever, AScopeToWriteReads) {
  EXPECT_EQ(get("opportunities").status, 200);
  peer.scopes = {"opportunities:read:admin"};
  const std::string ada = apply("ada", backend, "Technical Test");

  EXPECT_EQ(get("opportunities").status, 200);
  EXPECT_EQ(
      send(http::Method::Post, "opportunities/" + ada + "/addTags", R"({"tags":["x"]})").status,
      403);
  EXPECT_EQ(get("stages").status, 403);
}

TEST_F(PlayedLever, AnAnonymisedPersonHasNoNameOrAddress) {
  const std::string ada = apply("ada", backend, "Technical Test");
  world.anonymise(world.application(ada)->person);

  const json row = list("opportunities?expand=applications")["data"][0];

  EXPECT_EQ(row["isAnonymized"], true);
  EXPECT_EQ(row["name"], "");
  EXPECT_THAT(row["emails"], IsEmpty());
  EXPECT_TRUE(row["applications"][0]["email"].is_null());
}

}  // namespace
}  // namespace praxisync::lever
