// What scripts read: one JSON document on stdout, and nothing else there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using Json = nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;

constexpr const char* kTimestamp =
    "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z";

/// The whole of stdout as one document on one line.
Json document(const Ended& ended) {
  EXPECT_EQ(std::ranges::count(ended.out, '\n'), 1) << ended.out;
  Json json = Json::parse(ended.out, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << ended.out;
  return json;
}

void expect_numbers(const Json& object, const std::vector<std::string>& names) {
  ASSERT_TRUE(object.is_object()) << object.dump();
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(object.contains(name)) << object.dump();
    EXPECT_TRUE(object[name].is_number_integer());
    EXPECT_GE(object[name].get<long long>(), 0);
  }
}

/// Every field that the design promises, with its type.
void expect_run_document(const Json& json) {
  ASSERT_TRUE(json.is_object());
  const Json& run = json.at("run");
  expect_numbers(run, {"id", "exit_code"});
  EXPECT_TRUE(run.at("reason").is_string());
  for (const char* name : {"started_at", "finished_at"}) {
    EXPECT_THAT(run.at(name).get<std::string>(), MatchesRegex(kTimestamp)) << name;
  }
  expect_numbers(json.at("counts"), {"pulled", "queued", "invited", "already_invited", "enrolled",
                                     "blocked", "completed", "passed", "failed", "expired",
                                     "cancelled", "reminded", "written_back", "failed_writes"});
  expect_numbers(json.at("backlog"), {"queued", "waiting", "to_write"});
  const Json& assess = json.at("requests").at("assess");
  expect_numbers(assess, {"reads", "writes", "throttled", "least"});
  EXPECT_LE(assess["least"].get<int>(), assess["reads"].get<int>() + assess["writes"].get<int>());
  EXPECT_TRUE(json.at("requests").at("ats").is_object());
  for (const auto& [name, ats] : json.at("requests").at("ats").items())
    expect_numbers(ats, {"requests", "throttled"});
  const Json& evidence = json.at("evidence");
  expect_numbers(evidence.at("streams"), {"expected", "read"});
  EXPECT_TRUE(evidence.at("streams").at("unread").is_array());
  for (const char* what : {"contacts", "write_backs"})
    expect_numbers(evidence.at(what), {"planned", "done", "skipped", "failed"});
  EXPECT_TRUE(json.at("quota").is_null() || json.at("quota").is_object());
  ASSERT_TRUE(json.at("errors").is_array());
  for (const Json& error : json.at("errors")) {
    for (const char* name : {"where", "kind", "what"})
      EXPECT_TRUE(error.at(name).is_string()) << name;
    expect_numbers(error, {"count"});
  }
}

/// Every log line, and nothing but log lines.
void expect_log_lines(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_THAT(line, MatchesRegex(std::string(kTimestamp) + " (debug|info |warn |error) .*"));
  }
}

/// Everything that sync can meet in one world: invited, enrolled, blocked, set aside, passed.
void fill(Workplace& place, const std::vector<Person>& more = {}) {
  auto people = crowd("ada", 4);
  people.push_back({.name = "gus", .job = kGraduate});
  people.insert(people.end(), more.begin(), more.end());
  place.exports(people);
  place.folder.append("export.csv",
                      "app-mute,cand-mute,,Mute,Senior Backend Engineer,Technical Test,\r\n");
  place.folder.append("export.csv", "app-broken\r\n");
}

TEST(SyncDocument, HasEveryFieldAndCountsWhatWasDone) {
  Workplace place;
  fill(place);

  const Ended first = place.run({"sync", "--output", "json", "--log-level", "debug"});
  const Json json = document(first);

  EXPECT_THAT(first, ExitsWith(3));
  expect_run_document(json);
  expect_log_lines(first.err);
  EXPECT_THAT(first.err, HasSubstr("GET http://127.0.0.1"));
  EXPECT_EQ(json["run"]["exit_code"], 3);
  EXPECT_EQ(json["run"]["reason"], "records");
  EXPECT_EQ(json["counts"]["invited"], 4);
  EXPECT_EQ(json["counts"]["enrolled"], 1);
  EXPECT_EQ(json["counts"]["blocked"], 1);
  EXPECT_EQ(json["backlog"]["waiting"], 5);
  EXPECT_EQ(json["requests"]["assess"]["reads"].get<int>() +
                json["requests"]["assess"]["writes"].get<int>(),
            place.requests());
  EXPECT_TRUE(json["requests"]["ats"].contains("ats"));
  EXPECT_FALSE(json["errors"].empty());

  place.advance(std::chrono::hours{24});
  place.everybody_finishes();
  const Json second = document(place.run({"sync", "--output", "json"}));
  expect_run_document(second);
  EXPECT_EQ(second["run"]["exit_code"], 0);
  EXPECT_EQ(second["run"]["reason"], "done");
  EXPECT_EQ(second["counts"]["completed"], 4);
  EXPECT_EQ(second["counts"]["passed"], 4);
  EXPECT_EQ(second["counts"]["written_back"], 8);
  EXPECT_GT(second["run"]["id"], json["run"]["id"]);
}

TEST(SyncDocument, IsWholeAlsoWhenTheRunIsHeldStoppedOrRefused) {
  Workplace place;
  place.exports(crowd("ada", 3));

  place.key = "ct_live_revoked_key_000";
  const Ended refused = place.run({"sync", "--output", "json"});
  place.key = sandbox::kDemoKey;
  const Ended held = place.run({"sync", "--output", "json", "--confirm", "1"});
  const Ended stopped = place.run({"sync", "--output", "json", "--max-duration", "1ms"});

  for (const auto& [ended, code] :
       {std::pair(refused, 5), std::pair(held, 7), std::pair(stopped, 4)}) {
    EXPECT_THAT(ended, ExitsWith(code));
    const Json json = document(ended);
    expect_run_document(json);
    EXPECT_EQ(json["run"]["exit_code"], code);
  }
}

TEST(SyncDocument, StandsAloneOnStdoutWhenNothingCouldBegin) {
  Workplace place;
  place.folder.write("praxisync.db", std::string(5000, 'x'));

  const Ended ended = place.run({"sync", "--output", "json"});

  EXPECT_THAT(ended, ExitsWith(1));
  EXPECT_THAT(ended.out, IsEmpty());
}

TEST(Documents, OfTheCommandsThatLookAreJson) {
  Workplace place;
  fill(place);
  place.run({"sync"});

  const Json status = document(place.run({"status", "--output", "json"}));
  expect_numbers(status.at("backlog"), {"queued", "waiting", "to_write"});
  EXPECT_EQ(status["routes"]["backend"]["invited"], 4);
  EXPECT_EQ(status["blocked"].size(), 1U);
  expect_run_document(status["last_run"]);

  const Json runs = document(place.run({"runs", "--output", "json"}));
  ASSERT_EQ(runs.size(), 1U);
  expect_run_document(runs[0]);
  const Json run = document(place.run({"runs", "1", "--output", "json"}));
  EXPECT_EQ(run, runs);

  for (const char* who :
       {"ada001@example.com", "ADA001@example.com", "app-ada001", "cand-ada001"}) {
    SCOPED_TRACE(who);
    const Json story = document(place.run({"explain", who, "--output", "json"}));
    ASSERT_EQ(story.size(), 1U);
    EXPECT_EQ(story[0]["application_id"], "app-ada001");
    EXPECT_EQ(story[0]["route"], "backend");
    EXPECT_EQ(story[0]["state"], "invited");
    EXPECT_EQ(story[0]["history"].size(), 3U);
    EXPECT_EQ(story[0]["history"][2]["to"], "invited");
  }
  place.run({"sync"});
  const Json waited_for = document(place.run({"explain", "app-ada001", "--output", "json"}));
  EXPECT_THAT(
      waited_for[0]["asked"],
      testing::ElementsAre("last run asked for news of 1 assessment by their results: 1 read; by the "
                  "list of invitations would be 2 reads"));
  EXPECT_THAT(place.run({"explain", "app-ada001"}).out,
              HasSubstr("last run asked for news of 1 assessment by their results: 1 read"));
  const Ended nobody = place.run({"explain", "nobody@example.com", "--output", "json"});
  EXPECT_THAT(nobody, ExitsWith(1));
  EXPECT_EQ(document(nobody), Json::array());

  const Json doctor = document(place.run({"doctor", "--output", "json"}));
  EXPECT_EQ(doctor["exit_code"], 0);
  EXPECT_TRUE(doctor["checks"].is_array());
}

TEST(Documents, OfARunSaysTheSameAsTheRunDid) {
  Workplace place;
  fill(place);

  const Json said = document(place.run({"sync", "--output", "json"}));

  EXPECT_EQ(document(place.run({"runs", "1", "--output", "json"})), Json::array({said}));
}

/// The names in the folder with the bytes and times of the files.
std::map<std::string, std::string> snapshot(const Workplace& place) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(place.folder.path())) {
    const std::string name = entry.path().filename();
    files[name] = std::to_string(entry.last_write_time().time_since_epoch().count()) +
                  place.folder.read(name);
  }
  return files;
}

TEST(Plan, SaysWhatSyncWouldDoAndMakesNoDatabase) {
  Workplace place;
  fill(place);
  const auto before = snapshot(place);

  const Ended table = place.run({"plan"});
  const Ended ended = place.run({"plan", "--output", "json"});
  const Json plan = document(ended);

  EXPECT_THAT(table, ExitsWith(0));
  EXPECT_THAT(table.out, AllOf(HasSubstr("ada001@example.com"), HasSubstr("people to contact: 5")));
  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_EQ(plan["persons"], 5);
  EXPECT_EQ(plan["held"], false);
  EXPECT_EQ(plan["contacts"].size(), 5U);
  EXPECT_EQ(plan["contacts"][0]["email"], "ada000@example.com");
  EXPECT_EQ(plan["quota"]["remaining"], 500);
  EXPECT_EQ(plan["quota"]["remaining_after"], 495);
  EXPECT_EQ(plan["requests"]["writes"], 2);
  EXPECT_TRUE(plan["errors"].is_array());
  EXPECT_EQ(place.writes(), 0);
  EXPECT_TRUE(snapshot(place) == before);
}

TEST(Plan, LeavesWhatIsKnownAndTheResultsAsTheyAre) {
  Workplace place;
  fill(place);
  place.run({"sync"});
  place.advance(std::chrono::hours{24});
  place.everybody_finishes();
  fill(place, {{.name = "new"}});
  const auto files = snapshot(place);
  const auto status = [&] {
    Json all = document(place.run({"status", "--output", "json"}));
    all.erase("budget");
    return all;
  };
  const Json before = status();
  const int writes = place.writes();

  const Json plan = document(place.run({"plan", "--output", "json"}));

  EXPECT_EQ(plan["persons"], 1) << plan;
  EXPECT_EQ(plan["write_backs"].size(), 8U);
  EXPECT_EQ(place.writes(), writes);
  EXPECT_EQ(status(), before);
  for (const auto& [name, bytes] : snapshot(place)) {
    // The ledger in it counts what the plan asked.
    if (name.starts_with("praxisync.db")) continue;
    EXPECT_EQ(files.at(name), bytes) << name;
  }
}

TEST(Plan, ShowsThatTheSafetyLimitWouldHold) {
  Workplace place;
  place.edit_config("max_invites_per_run = 500", "max_invites_per_run = 3");
  place.exports(crowd("ada", 5));

  const Ended ended = place.run({"plan"});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.out, HasSubstr("praxisync sync --confirm 5"));
}

}  // namespace
}  // namespace praxisync::testing_support
