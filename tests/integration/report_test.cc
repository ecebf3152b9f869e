// `--report` and what CI is told, as a pipeline sees them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ReportOfARun : public testing::Test {
 protected:
  ReportOfARun() {
    place.exports(crowd("ada", 2));
    place.folder.append(
        "export.csv", "app-mute,cand-mute,,Mute Swan,Senior Backend Engineer,Technical Test,\r\n");
  }
  std::string path(const std::string& name) const { return (place.folder / name).string(); }
  std::string written(const std::string& name) const { return place.folder.read(name); }
  bool exists(const std::string& name) const { return std::filesystem::exists(path(name)); }
  /// The environment of a step of GitHub Actions.
  Environment step(const Environment& more = {}) const {
    Environment environment{{"GITHUB_ACTIONS", "true"},
                            {"GITHUB_EVENT_NAME", "schedule"},
                            {"GITHUB_STEP_SUMMARY", path("summary")},
                            {"GITHUB_OUTPUT", path("output")}};
    environment.insert(more.begin(), more.end());
    return environment;
  }
  mode_t mode(const std::string& name) const {
    struct stat found {};
    EXPECT_EQ(::stat(path(name).c_str(), &found), 0);
    return found.st_mode & 0777U;
  }

  Workplace place;
};

TEST_F(ReportOfARun, IsWrittenInEveryFormAsked) {
  const Ended ended = place.run({"sync", "--report", path("run.html"), "--report", path("run.md"),
                                 "--report", path("run.json"), "--report", path("junit.xml")});

  EXPECT_THAT(ended, ExitsWith(3));
  EXPECT_THAT(written("run.html"), AllOf(StartsWith("<!doctype html>"), HasSubstr("run 1")));
  EXPECT_THAT(written("run.md"), HasSubstr("| `backend` | 3 | 2 |"));
  const auto json = nlohmann::json::parse(written("run.json"));
  EXPECT_EQ(json["counts"]["invited"], 2);
  EXPECT_EQ(json["routes"][0]["in_stage"], 3);
  EXPECT_FALSE(json["steps"].empty());
  EXPECT_THAT(written("junit.xml"),
              AllOf(HasSubstr("name=\"pull ats\""), HasSubstr("<failure message=\"1 blocked")));
  EXPECT_EQ(mode("run.html"), 0644U);
}

TEST_F(ReportOfARun, NamesNobodyUnlessAsked) {
  place.run({"sync", "--report", path("run.html")});
  EXPECT_THAT(written("run.html"), AllOf(HasSubstr("M. S."), Not(HasSubstr("Mute Swan"))));

  place.run({"sync", "--report", path("run.html"), "--report-personal-data"});

  EXPECT_THAT(written("run.html"), HasSubstr("Mute Swan"));
  EXPECT_EQ(mode("run.html"), 0600U);
}

TEST_F(ReportOfARun, IsWrittenAlsoWhereTheRunFailsOrIsStopped) {
  place.run({"sync", "--report", path("stopped.md"), "--max-duration", "1ms"});
  EXPECT_THAT(written("stopped.md"), HasSubstr("stopped: out of time"));

  place.key = "ct_live_revoked_key_000";
  place.run({"sync", "--report", path("refused.md")});
  EXPECT_THAT(written("refused.md"), HasSubstr("credentials refused"));

  place.folder.write("praxisync.db", std::string(5000, 'x'));
  EXPECT_THAT(place.run({"sync", "--report", path("broken.xml")}), ExitsWith(1));
  EXPECT_THAT(written("broken.xml"), AllOf(HasSubstr("no run began"), HasSubstr("<failure")));
}

TEST_F(ReportOfARun, ThatCouldNotBeWrittenStopsItBeforeAnythingIsSent) {
  std::filesystem::create_directory(path("folder.html"));
  for (const std::string& bad :
       {path("run.pdf"), path("run"), path("none/run.html"), path("folder.html")}) {
    const Ended ended = place.run({"sync", "--report", bad});
    EXPECT_THAT(ended, ExitsWith(2)) << bad;
    EXPECT_THAT(ended.err, HasSubstr("--report"));
  }
  EXPECT_EQ(place.writes(), 0);
}

TEST_F(ReportOfARun, ReplacesAnOlderOneAndLeavesNothingElse) {
  place.folder.write("run.html", "old");

  place.run({"sync", "--report", path("run.html")});

  EXPECT_THAT(written("run.html"), Not(HasSubstr("old")));
  for (const auto& entry : std::filesystem::directory_iterator(place.folder.path()))
    EXPECT_THAT(entry.path().filename().string(), Not(StartsWith("run.html.")));
}

TEST_F(ReportOfARun, ReachesAStepOfGitHubActions) {
  place.folder.write("summary", "## before\n");
  place.folder.write("output", "other=1\n");

  const Ended ended = place.run({"sync", "--output", "json", "--report", path("summary")}, step());

  EXPECT_THAT(ended, ExitsWith(3));
  EXPECT_EQ(nlohmann::json::parse(ended.out)["counts"]["invited"], 2) << "stdout is one document";
  EXPECT_THAT(ended.err, HasSubstr("::error title=praxisync%3A backend::1 blocked"));
  EXPECT_THAT(written("summary"), StartsWith("## before\n## ⚠️ praxisync, run 1"));
  EXPECT_THAT(written("output"),
              AllOf(StartsWith("other=1\nrun_id=1\nexit_code=3\n"), HasSubstr("\ninvited=2\n")));
}

TEST_F(ReportOfARun, IsNoBusinessOfOtherPlaces) {
  const Ended ended = place.run({"sync"}, {{"GITHUB_STEP_SUMMARY", path("summary")}});

  EXPECT_THAT(ended.err, Not(HasSubstr("::error")));
  EXPECT_FALSE(exists("summary"));
}

TEST_F(ReportOfARun, IsNotMadeForAForksPullRequest) {
  place.folder.write("event.json", R"({"pull_request":{"head":{"repo":{"full_name":"eve/app"}},)"
                                   R"("base":{"repo":{"full_name":"org/app"}}}})");
  Environment fork = step();
  fork["GITHUB_EVENT_NAME"] = "pull_request_target";
  fork["GITHUB_EVENT_PATH"] = path("event.json");

  const Ended refused = place.run({"sync"}, fork);
  const Ended planned = place.run({"plan"}, fork);

  EXPECT_THAT(refused, ExitsWith(2));
  EXPECT_THAT(refused.err, AllOf(HasSubstr("a pull request from a fork"), HasSubstr("::error")));
  EXPECT_THAT(planned, ExitsWith(0));
  EXPECT_EQ(place.writes(), 0);
  EXPECT_THAT(place.run({"sync", "--allow-fork"}, fork), ExitsWith(3));
  EXPECT_GT(place.writes(), 0);
}

TEST_F(ReportOfARun, AndOfAPlanIsForAComment) {
  const Ended ended =
      place.run({"plan", "--report", path("plan.md"), "--report", path("plan.json")}, step());

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(written("plan.md"), AllOf(HasSubstr("**2 people to contact"), HasSubstr("`a…@e…`"),
                                        Not(HasSubstr("ada001@example.com"))));
  EXPECT_THAT(written("plan.json"), Not(HasSubstr("ada001@example.com")));
  EXPECT_THAT(written("summary"), HasSubstr("**2 people to contact"));
  EXPECT_THAT(written("output"), HasSubstr("persons=2\n"));
  EXPECT_THAT(place.run({"plan", "--report", path("plan.xml")}), ExitsWith(2));
  EXPECT_EQ(place.writes(), 0);
}

/// The commands in the blocks of shell of a page, each as its words.
std::vector<Arguments> commands_in(const std::string& page) {
  std::ifstream file(std::string(PRAXISYNC_DOCS "/") + page);
  std::vector<Arguments> commands;
  bool shell = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) shell = line == "```sh";
    if (!shell || !line.starts_with("praxisync ")) continue;
    std::istringstream words(line.substr(0, line.find('#')));
    Arguments& command = commands.emplace_back();
    for (std::string word; words >> word;) command.push_back(word);
    command.erase(command.begin());
  }
  return commands;
}

TEST_F(ReportOfARun, IsMadeByEachCommandOfItsPage) {
  const std::vector<Arguments> commands = commands_in("reports.md");

  ASSERT_FALSE(commands.empty());
  for (const Arguments& command : commands) {
    const Ended ended = place.run(command);
    EXPECT_THAT(ended.code, testing::AnyOf(0, 3)) << ended.err;
    EXPECT_FALSE(written(command.back()).empty()) << command.back();
  }
}

}  // namespace
}  // namespace praxisync::testing_support
