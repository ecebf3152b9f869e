// What the played Greenhouse refuses.
#include "domain/text.h"
#include "http/base64.h"
#include "json/reader.h"
#include "unit/greenhouse/greenhouse_world.h"

namespace praxisync::greenhouse {
namespace {

using testing::HasSubstr;
using testing_support::GreenhousePeer;

class PlayedGreenhouse : public testing_support::GreenhouseTest {
 protected:
  static http::Request form(const std::string& path, const std::string& body) {
    return {.method = http::Method::Post,
            .url = "https://auth.greenhouse.io" + path,
            .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                        {"Authorization",
                         "Basic " + http::base64(std::string(sandbox::ats::kGreenhouseClientId) +
                                                 ":" + sandbox::ats::kGreenhouseClientSecret)}},
            .body = body};
  }
  std::string mint() {
    const http::Response reply = peer.handle(form("/token", "grant_type=client_credentials"));
    EXPECT_EQ(reply.status, 200);
    json::Fault fault;
    return json::Reader(*json::Value::parse(reply.body), "", fault).text("access_token");
  }
  const std::string& token() {
    if (token_.empty()) token_ = mint();
    return token_;
  }
  http::Response get(const std::string& path) {
    return peer.handle({.url = "https://harvest.greenhouse.io/v3/" + path,
                        .headers = {{"Authorization", "Bearer " + token()}}});
  }
  http::Response send(http::Method method, const std::string& path, const std::string& body) {
    return peer.handle(
        {.method = method,
         .url = "https://harvest.greenhouse.io/v3/" + path,
         .headers = {{"Authorization", "Bearer " + token()}, {"Content-Type", "application/json"}},
         .body = body});
  }
  http::Response post(const std::string& path, const std::string& body) {
    return send(http::Method::Post, path, body);
  }
  void refused(const std::string& path, std::string_view parameter) {
    const http::Response reply = get(path);
    EXPECT_EQ(reply.status, 422) << path;
    EXPECT_THAT(reply.body, HasSubstr(std::string(parameter))) << path;
  }
  static std::string fifty_one() {
    std::string ids = "1";
    for (int i = 2; i <= 51; ++i) ids += "," + std::to_string(i);
    return ids;
  }

  std::string token_;
};

TEST_F(PlayedGreenhouse, TokensAreForClientsThatItKnows) {
  http::Request request = form("/token", "grant_type=client_credentials");
  request.headers.pop_back();
  EXPECT_EQ(peer.handle(request).status, 401);
  request.headers.push_back({"Authorization", "Basic " + http::base64("a:b")});
  EXPECT_THAT(peer.handle(request).body, HasSubstr("invalid_client"));
  EXPECT_THAT(peer.handle(form("/token", "")).body, HasSubstr("Must include `grant_type`"));
  EXPECT_EQ(peer.handle(form("/token", "grant_type=client_credentials&a=b")).status, 400);
}

TEST_F(PlayedGreenhouse, ATokenLooksLikeAJwtAndExpires) {
  EXPECT_EQ(std::count(token().begin(), token().end(), '.'), 2);
  EXPECT_THAT(token(), testing::StartsWith("eyJ"));
  EXPECT_EQ(get("jobs").status, 200);
  clock.advance(std::chrono::hours{1});
  EXPECT_EQ(get("jobs").status, 401);
}

TEST_F(PlayedGreenhouse, EachHostHasItsOwnPaths) {
  EXPECT_EQ(peer.handle({.url = "https://auth.greenhouse.io/v3/jobs"}).status, 404);
  http::Request request = form("/token", "grant_type=client_credentials");
  request.url = "https://harvest.greenhouse.io/token";
  EXPECT_EQ(peer.handle(request).status, 404);
  request.url = "/token";
  EXPECT_EQ(peer.handle(request).status, 200);
}

TEST_F(PlayedGreenhouse, APathIsLookedForBeforeATokenIs) {
  EXPECT_EQ(peer.handle({.url = "https://harvest.greenhouse.io/v3/nothing"}).status, 404);
  EXPECT_EQ(peer.handle({.url = "https://harvest.greenhouse.io/v3/jobs"}).status, 401);
  EXPECT_EQ(get("applications/1").status, 404);
}

TEST_F(PlayedGreenhouse, AScopeOrASiteAdminThatIsMissingIs403) {
  peer.granted.erase("harvest:jobs:list");
  EXPECT_EQ(get("jobs").status, 403);
  EXPECT_EQ(get("candidates").status, 200);
  peer.user_role = "job_admin";
  EXPECT_EQ(get("candidates").status, 403);
}

TEST_F(PlayedGreenhouse, ACursorStandsAloneAndDoesNotLastForEver) {
  for (int i = 0; i < 3; ++i) apply("p" + std::to_string(i));
  const http::Response first = get("applications?per_page=2");
  const std::string link(http::header(first.headers, "Link"));
  ASSERT_THAT(link, HasSubstr("; rel=\"next\""));
  const std::string cursor = link.substr(link.find('=') + 1, link.find('>') - link.find('=') - 1);

  refused("applications?cursor=" + cursor + "&per_page=2", "do not include other query params");
  refused("jobs?cursor=" + cursor, "cursor");
  const http::Response second = get("applications?cursor=" + cursor);
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(http::header(second.headers, "Link"), "");
  clock.advance(peer.cursor_life + std::chrono::minutes{1});
  token_.clear();
  refused("applications?cursor=" + cursor, "cursor");
}

TEST_F(PlayedGreenhouse, RowsComeNewestFirst) {
  const std::string ada = apply("ada"), bob = apply("bob");
  const std::string body = get("applications?fields=id").body;

  EXPECT_EQ(body, "[{\"id\":" + bob + "},{\"id\":" + ada + "}]");
}

TEST_F(PlayedGreenhouse, WhatIsTooMuchOrUnknownIsRefused) {
  refused("jobs?per_page=501", "greater than: 500");
  refused("jobs?per_page=0", "per_page");
  refused("candidates?ids=" + fifty_one(), "ids");
  refused("candidates?ids=ada", "ids");
  refused("applications?status=in_process", "status");
  refused("applications?stage=1", "stage");
  refused("applications?updated_at[gte]=2026-01-01", "updated_at[gte]");
  refused("applications?updated_at=since|2026-01-01", "updated_at");
  refused("applications?updated_at=gte|2026-01-01&created_at=gte|2026-01-01", "updated_at");
  refused("applications?prospect=no", "prospect");
  refused("custom_fields?field_type=person", "field_type");
  refused("jobs?status=open&status=open", "status");
}

TEST_F(PlayedGreenhouse, UnknownFieldsAreRefused) {
  apply("ada");

  refused("applications?fields=id,stage", "fields");
  peer.stage_ids_in_rows = false;
  refused("applications?fields=id,job_interview_stage_id", "fields");
}

TEST_F(PlayedGreenhouse, AStageFilterByTheWrongIdFindsNobody) {
  const std::string ada = apply("ada");
  const std::string stage = world.stage_id(job, "Technical Test");

  EXPECT_EQ(get("applications?stage_ids=" + stage).body, "[]");
  EXPECT_THAT(get("applications?stage_ids=" + world.application(ada)->stage_row).body,
              HasSubstr(ada));
  EXPECT_THAT(get("applications?job_interview_stage_ids=" + stage).body, HasSubstr(ada));
}

TEST_F(PlayedGreenhouse, TheRejectedKeepTheirStage) {
  const std::string ada = apply("ada");
  world.reject(ada, world.add_reason("No"));
  const std::string path =
      "applications?job_interview_stage_ids=" + world.stage_id(job, "Technical Test");

  EXPECT_THAT(get(path).body, HasSubstr("\"status\":\"rejected\""));
  EXPECT_EQ(get(path + "&status=active").body, "[]");
}

TEST_F(PlayedGreenhouse, ConfidentialJobsAreNotShown) {
  const std::string ada = apply("ada");
  world.make_confidential(job);

  EXPECT_THAT(get("jobs").body, testing::Not(HasSubstr("Backend Engineer")));
  EXPECT_EQ(get("applications?ids=" + ada).body, "[]");
}

TEST_F(PlayedGreenhouse, BuiltInReasonsWantToBeAskedFor) {
  world.add_reason("No");

  EXPECT_EQ(get("rejection_reasons").body, "[]");
  EXPECT_THAT(get("rejection_reasons?include_defaults=true").body, HasSubstr("\"No\""));
}

TEST_F(PlayedGreenhouse, AMoveIsFromWhereItIs) {
  const std::string ada = apply("ada");
  const std::string from = world.stage_id(job, "Technical Test"),
                    to = world.stage_id(job, "Onsite");
  const auto move = [&](const std::string& old, const std::string& fresh) {
    return post("applications/" + ada + "/move",
                R"({"from_stage_id":)" + old + R"(,"to_stage_id":)" + fresh + "}");
  };

  EXPECT_EQ(move(to, to).status, 422);
  EXPECT_EQ(move(world.application(ada)->stage_row, to).status, 422);
  EXPECT_EQ(move(from, world.stage_id(other_job, "Onsite")).status, 422);
  EXPECT_EQ(move("\"" + from + "\"", to).status, 422);
  const http::Response moved = move(from, to);
  EXPECT_EQ(moved.status, 204);
  EXPECT_EQ(moved.body, "");
  EXPECT_EQ(move(from, to).status, 422);
}

TEST_F(PlayedGreenhouse, ARejectionTwiceIsRefused) {
  const std::string ada = apply("ada"), path = "applications/" + ada + "/reject";
  const std::string body = R"({"rejection_reason_id":)" + world.add_reason("No") + "}";

  EXPECT_EQ(post(path, "{}").status, 422);
  EXPECT_EQ(post(path, R"({"rejection_reason_id":7})").status, 422);
  EXPECT_EQ(post(path, body).status, 204);
  EXPECT_EQ(post(path, body).status, 422);
}

TEST_F(PlayedGreenhouse, ANoteIsOfACandidateAndHisApplication) {
  const std::string ada = apply("ada"), bob = apply("bob");
  const auto note = [&](const std::string& person, const std::string& rest) {
    return post("notes", R"({"candidate_id":)" + person + R"(,"body":"x")" + rest + "}").status;
  };

  EXPECT_EQ(note(person_of(ada), R"(,"application_id":)" + ada), 201);
  EXPECT_EQ(note(person_of(ada), R"(,"application_id":)" + bob), 422);
  EXPECT_EQ(note(person_of(ada), R"(,"visibility":"publicly_visible")"), 422);
  EXPECT_EQ(note(person_of(ada), R"(,"note_type":"note")"), 422);
  EXPECT_EQ(note(person_of(ada), R"(,"subject":"x")"), 422);
  EXPECT_EQ(note(person_of(ada), R"(,"text":"x")"), 422);
  EXPECT_EQ(note("7", ""), 422);
  EXPECT_EQ(world.notes().size(), 1U);
}

TEST_F(PlayedGreenhouse, CustomFieldsAreTypedAndNamedOnce) {
  const std::string ada = apply("ada");
  const std::string score = world.add_field("Score", sandbox::ats::FieldType::Number);
  const auto set = [&](const std::string& entry) {
    return send(http::Method::Patch, "applications/" + ada, R"({"custom_fields":[)" + entry + "]}")
        .status;
  };

  EXPECT_EQ(set(R"({"name_key":"score","value":82})"), 200);
  EXPECT_EQ(set(R"({"custom_field_id":)" + score + R"(,"value":83})"), 200);
  EXPECT_EQ(set(R"({"name_key":"score","value":"82"})"), 422);
  EXPECT_EQ(set(R"({"name_key":"score"})"), 422);
  EXPECT_EQ(set(R"({"name_key":"other","value":1})"), 422);
  EXPECT_EQ(world.application(ada)->fields.at(score), "83");
}

TEST_F(PlayedGreenhouse, ABodyIsJsonAndSaysSo) {
  const std::string ada = apply("ada");
  EXPECT_EQ(post("candidate_tags", "name=x").status, 422);
  EXPECT_EQ(post("candidate_tags", R"({"name":"x"})").status, 201);
  EXPECT_EQ(post("candidate_tags", R"({"name":"x"})").status, 422);
  EXPECT_EQ(post("candidate_tags?a=b", R"({"name":"y"})").status, 422);
}

TEST_F(PlayedGreenhouse, AWindowIsUsedUpAndBeginsAgain) {
  peer.requests_per_window = 3;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(get("jobs").status, 200);

  const http::Response refused_now = get("jobs");

  EXPECT_EQ(refused_now.status, 429);
  EXPECT_EQ(http::header(refused_now.headers, "X-RateLimit-Remaining"), "0");
  EXPECT_NE(http::header(refused_now.headers, "Retry-After"), "");
  clock.advance(std::chrono::seconds{30});
  EXPECT_EQ(get("jobs").status, 200);
}

TEST_F(PlayedGreenhouse, PrivatePeopleAreAStub) {
  const std::string ada = apply("ada");
  world.make_private(person_of(ada));

  EXPECT_EQ(get("candidates?ids=" + person_of(ada)).body,
            R"([{"message":"This candidate is private."}])");
}

}  // namespace
}  // namespace praxisync::greenhouse
