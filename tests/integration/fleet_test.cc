// Many organisations in one folder: each runs on its own, whatever befalls the others.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "integration/workplace.h"
#include "store/lease.h"
#include "support/result_matchers.h"

namespace praxisync::testing_support {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using Json = nlohmann::json;
using sandbox::Fault;

/// Organisations "org00", "org01", …, each with an export of one person of its own.
class Fleet : public testing::Test {
 protected:
  Fleet() { std::filesystem::create_directory(place_.folder / "orgs"); }

  static std::string name_of(int number) { return fmt::format("org{:02}", number); }

  void add(const std::string& name, const std::string& key = "PRAXICRAFT_API_KEY") {
    place_.folder.write("orgs/" + name + ".csv",
                        fmt::format("application_id,email,name,job,stage\n"
                                    "app-{0},{0}@example.com,{0},{1},Technical Test\n",
                                    name, kBackend));
    place_.folder.write("orgs/" + name + ".toml",
                        fmt::format(R"toml([assess]
base_url = "{}"
api_key = {{ env = "{}" }}
[state]
path = "{}.db"
[[connector]]
name = "ats"
type = "file"
path = "{}.csv"
results = "{}-results.csv"
[[route]]
name = "backend"
connector = "ats"
job = "*Backend*"
stage = "Technical Test"
assessment = "senior-backend-screen"
)toml",
                                    place_.server().origin(), key, name, name, name));
  }

  void add_many(int count) {
    for (int number = 0; number < count; ++number) add(name_of(number));
  }

  Ended run(const Arguments& more, const Environment& environment = {}) {
    Arguments all{"sync", "--all", "--config-dir", "orgs"};
    all.insert(all.end(), more.begin(), more.end());
    return place_.run(all, environment);
  }

  /// name -> exit code
  static std::map<std::string, int> codes(const Ended& ended) {
    std::map<std::string, int> codes;
    const Json document = Json::parse(ended.out, nullptr, false);
    EXPECT_TRUE(document.is_object()) << ended.out;
    if (!document.is_object()) return codes;
    for (const Json& one : document["fleet"]["organisations"])
      codes[one["name"]] = one["exit_code"];
    EXPECT_EQ(document["fleet"]["exit_code"], ended.code);
    return codes;
  }

  bool has_run(const std::string& name) const {
    return std::filesystem::exists(place_.folder / ("orgs/" + name + ".db"));
  }

  Workplace place_;
};

TEST_F(Fleet, RunsEveryOrganisationWhateverBefallsThree) {
  constexpr int kAll = 30;
  add_many(kAll);
  place_.folder.write("orgs/org03.toml", "[assess\n");
  add("org11", "REFUSED_KEY");
  const auto lease = store::Lease::take(place_.folder / "orgs/org20.db");
  ASSERT_THAT(lease, IsOk());
  const std::map<std::string, int> bad{{"org03", 2}, {"org11", 5}, {"org20", 6}};

  const Ended ended = run({"--output", "json"}, {{"REFUSED_KEY", "ct_live_revoked_key_000"}});

  EXPECT_THAT(ended, ExitsWith(2));
  const auto ends = codes(ended);
  EXPECT_THAT(ends, SizeIs(kAll));
  for (const auto& [name, code] : ends)
    EXPECT_EQ(code, bad.contains(name) ? bad.at(name) : 0) << name;
  EXPECT_THAT(place_.invitations(), SizeIs(kAll - bad.size()));
  EXPECT_THAT(ended.err, AllOf(HasSubstr("org03: orgs/org03.toml:1:"),
                               Not(HasSubstr("ct_live_revoked_key_000"))));
}

TEST_F(Fleet, ShowsALineForEachAndTheirSum) {
  add_many(3);

  const Ended ended = run({});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.out, AllOf(HasSubstr("organisation"), HasSubstr("org00"), HasSubstr("org02"),
                               testing::ContainsRegex("all +0 +3 of 3 done +3 +0 +0 +0 +0\n")));
}

TEST_F(Fleet, LeavesOneTerminationMessageForAll) {
  add_many(2);

  EXPECT_THAT(run({"--termination-message", "end.json"}), ExitsWith(0));

  EXPECT_THAT(place_.folder.read("end.json"), HasSubstr("\"exit_code\":0"));
}

TEST_F(Fleet, IsDividedAmongShardsEachOrganisationInOne) {
  constexpr int kAll = 12;
  add_many(kAll);
  std::set<std::string> seen;

  for (int shard = 0; shard < 3; ++shard) {
    const Ended ended =
        shard == 1 ? run({"--output", "json", "--shard", "2/3"})
                   : run({"--output", "json"}, {{"JOB_COMPLETION_INDEX", std::to_string(shard)},
                                                {"JOB_COMPLETIONS", "3"}});
    EXPECT_THAT(ended, ExitsWith(0));
    for (const auto& [name, code] : codes(ended)) EXPECT_TRUE(seen.insert(name).second) << name;
  }

  EXPECT_THAT(seen, SizeIs(kAll));
  EXPECT_THAT(place_.invitations(), SizeIs(kAll));
}

TEST_F(Fleet, IsRefusedBeforeAnythingRunsWhereTwoShareADatabase) {
  add_many(2);
  add("org02");
  std::filesystem::create_symlink(place_.folder / "orgs/org00.db", place_.folder / "orgs/other.db");
  std::string config = place_.folder.read("orgs/org02.toml");
  place_.folder.write("orgs/org02.toml", config.replace(config.find("org02.db"), 8, "other.db"));

  const Ended ended = run({});

  EXPECT_THAT(ended, ExitsWith(2));
  EXPECT_THAT(ended.err, AllOf(HasSubstr("orgs/org00.toml and orgs/org02.toml"),
                               HasSubstr("name the same database")));
  EXPECT_EQ(place_.requests(), 0);
  EXPECT_FALSE(has_run("org01"));
}

TEST_F(Fleet, StopsInOrderWhenItIsTold) {
  constexpr int kAll = 8;
  add_many(kAll);
  place_.fault(
      {.kind = Fault::Kind::Delay, .path = "/", .times = 1000, .delay = Milliseconds{300}});
  Process process(place_.start(
      {"sync", "--all", "--config-dir", "orgs", "--parallel", "2", "--output", "json"}));
  ASSERT_TRUE(place_.reaches(2));

  process.send_signal(SIGTERM);

  const Ended ended = process.wait();
  EXPECT_THAT(ended, ExitsWith(4));
  const auto ends = codes(ended);
  EXPECT_THAT(ends, SizeIs(kAll));
  EXPECT_EQ(ends.at("org07"), 4);
  EXPECT_FALSE(has_run("org07"));
}

/// The processes that one has begun and that are still there.
std::vector<pid_t> children_of(pid_t process) {
  std::ifstream file(fmt::format("/proc/{0}/task/{0}/children", process));
  return {std::istream_iterator<pid_t>(file), {}};
}

TEST_F(Fleet, GoesOnWhenOneProcessDies) {
  add_many(3);
  place_.fault(
      {.kind = Fault::Kind::Delay, .path = "/", .times = 1000, .delay = Milliseconds{200}});
  Process process(place_.start(
      {"sync", "--all", "--config-dir", "orgs", "--parallel", "1", "--output", "json"}));
  ASSERT_TRUE(place_.reaches(1));
  const auto children = children_of(process.id());
  ASSERT_THAT(children, SizeIs(1));

  ::kill(children.front(), SIGKILL);

  const Ended ended = process.wait();
  EXPECT_THAT(ended, ExitsWith(1));
  EXPECT_EQ(codes(ended), (std::map<std::string, int>{{"org00", 1}, {"org01", 0}, {"org02", 0}}));
}

TEST_F(Fleet, HoldsEachOrganisationToItsDuration) {
  add_many(2);

  const Ended ended = run({"--max-duration", "1ms", "--output", "json"});

  EXPECT_THAT(ended, ExitsWith(4));
  EXPECT_EQ(codes(ended), (std::map<std::string, int>{{"org00", 4}, {"org01", 4}}));
}

TEST_F(Fleet, CanBeLookedAt) {
  add_many(2);
  for (const char* command : {"doctor", "plan", "sync", "status"}) {
    SCOPED_TRACE(command);
    const Ended page = place_.run({command, "--all", "--config-dir", "orgs"});
    EXPECT_THAT(page, ExitsWith(0));
    EXPECT_THAT(page.out, HasSubstr("2 of 2 done"));
    const Ended json = place_.run({command, "--all", "--config-dir", "orgs", "--output", "json"});
    EXPECT_THAT(codes(json), SizeIs(2));
    for (const Json& one : Json::parse(json.out)["fleet"]["organisations"])
      EXPECT_TRUE(one["document"].is_object()) << one;
  }
  EXPECT_THAT(place_.run({"doctor", "--all", "--config-dir", "orgs"}).out,
              AllOf(HasSubstr("== org00 ==\n"), HasSubstr("key of Acme Corp")));
}

TEST_F(Fleet, TakesItsOptionsFromVariablesAndLeavesThoseOfOneConfig) {
  add_many(2);

  const Ended ended = place_.run({"sync"}, {{"PRAXISYNC_ALL", "true"},
                                            {"PRAXISYNC_CONFIG_DIR", "orgs"},
                                            {"PRAXISYNC_OUTPUT", "json"},
                                            {"PRAXISYNC_CONFIG", "elsewhere.toml"}});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(codes(ended), SizeIs(2));
}

struct WrongFleet {
  std::string name;
  Arguments arguments;
  std::string said;
};
void PrintTo(const WrongFleet& row, std::ostream* out) { *out << row.name; }

class WrongFleets : public Fleet, public testing::WithParamInterface<WrongFleet> {};

TEST_P(WrongFleets, AreExplainedAndNothingIsDone) {
  add_many(1);
  std::filesystem::create_directory(place_.folder / "empty");

  const Ended ended = place_.run(GetParam().arguments);

  EXPECT_THAT(ended, ExitsWith(2));
  EXPECT_THAT(ended.err, HasSubstr(GetParam().said));
  EXPECT_THAT(ended.out, IsEmpty());
  EXPECT_EQ(place_.requests(), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongFleets,
    testing::Values(
        WrongFleet{"AllOfNone", {"sync", "--all"}, "--all needs --config-dir"},
        WrongFleet{"NotAll", {"plan", "--config-dir", "orgs"}, "--config-dir needs --all"},
        WrongFleet{"ShardOfOne", {"sync", "--shard", "1/2"}, "--shard needs --all"},
        WrongFleet{"NoFolder",
                   {"sync", "--all", "--config-dir", "nowhere"},
                   "nowhere cannot be read: No such file"},
        WrongFleet{"NoConfig", {"sync", "--all", "--config-dir", "empty"}, "empty holds no config"},
        WrongFleet{"ConfirmedForAll",
                   {"sync", "--all", "--config-dir", "orgs", "--confirm", "5"},
                   "--confirm is for one organisation"},
        WrongFleet{"WithOneConfig",
                   {"sync", "--all", "--config-dir", "orgs", "--config", "a.toml"},
                   "--config is for one organisation"},
        WrongFleet{"NoneAtATime",
                   {"sync", "--all", "--config-dir", "orgs", "--parallel", "0"},
                   "--parallel takes 1 to 1000"},
        WrongFleet{"NoShard",
                   {"sync", "--all", "--config-dir", "orgs", "--shard", "3/2"},
                   "no such shard of 2"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace praxisync::testing_support
