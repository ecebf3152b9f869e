// What a person may get wrong before anything is done (exit code 2), and the help.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>
#include <sstream>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::MatchesRegex;

struct Mistake {
  std::string name;
  Arguments arguments;
  std::string said;
};
void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }

class WrongCommandLine : public testing::TestWithParam<Mistake> {};

TEST_P(WrongCommandLine, IsExplainedAndNothingIsDone) {
  Workplace place;
  place.exports(crowd("ada", 2));

  const Ended ended = place.run(GetParam().arguments);

  EXPECT_THAT(ended, ExitsWith(2));
  EXPECT_THAT(ended.err, HasSubstr(GetParam().said));
  EXPECT_THAT(ended.out, IsEmpty());
  EXPECT_EQ(place.requests(), 0);
  EXPECT_FALSE(std::filesystem::exists(place.folder / "praxisync.db"));
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongCommandLine,
    testing::Values(
        Mistake{"NoCommand", {}, "Usage: praxisync COMMAND"},
        Mistake{"UnknownCommand", {"snyc"}, "unknown command snyc; did you mean sync?"},
        Mistake{"UnknownOption", {"sync", "--max-duratoin", "10m"}, "did you mean --max-duration?"},
        Mistake{"MissingValue", {"sync", "--config"}, "--config needs a value"},
        Mistake{"WrongChoice",
                {"sync", "--output", "yaml"},
                "--output cannot be yaml; it is one of table, json"},
        Mistake{
            "WrongDuration", {"sync", "--max-duration", "soon"}, "--max-duration takes a duration"},
        Mistake{
            "WrongNumber", {"sync", "--confirm", "many"}, "--confirm takes the number of people"},
        Mistake{"UnknownConnector",
                {"sync", "--connector", "atz"},
                "no connector of that name; did you mean ats?"},
        Mistake{"TooMany", {"sync", "everything"}, "everything is one argument too many"},
        Mistake{"TooFew", {"explain"}, "WHO is missing"},
        Mistake{"WrongMonthZone",
                {"sandbox", "--month-zone", "+15:00"},
                "--month-zone takes -12:00 to +14:00"},
        Mistake{"WrongPort", {"sandbox", "--port", "99999"}, "--port takes 0 to 65535"},
        Mistake{"WrongAtsPort", {"sandbox", "--ats-port", "99999"}, "--ats-port takes 0 to 65535"},
        Mistake{"NoSuchConfig",
                {"sync", "--config", "other.toml"},
                "other.toml: the config cannot be read"}),
    [](const auto& row) { return row.param.name; });

struct Edit {
  std::string name, part, by, said;
};
void PrintTo(const Edit& edit, std::ostream* out) { *out << edit.name; }

class WrongConfig : public testing::TestWithParam<Edit> {};

TEST_P(WrongConfig, IsExplainedWithItsPlace) {
  Workplace place;
  place.exports(crowd("ada", 2));
  place.edit_config(GetParam().part, GetParam().by);

  for (const char* command : {"sync", "plan", "doctor"}) {
    const Ended ended = place.run({command});

    EXPECT_THAT(ended, ExitsWith(2));
    EXPECT_THAT(ended.err, HasSubstr(GetParam().said));
    EXPECT_THAT(ended.out, IsEmpty());
  }
  EXPECT_EQ(place.requests(), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongConfig,
    testing::Values(Edit{"MisspeltKeyOfARoute", "assessment =", "asessment =",
                         "praxisync.toml:18:1: unknown key \"asessment\""},
                    Edit{"WithTheRightOne",
                         "assessment =", "asessment =", "did you mean \"assessment\"?"},
                    Edit{"MisspeltSection", "[safety]", "[saftey]", "did you mean \"safety\"?"},
                    Edit{"MisspeltKeyOfAnAction", "{ note = true, tag = \"assessment-passed\" }",
                         "{ note = true, tga = \"assessment-passed\" }",
                         "praxisync.toml:20:28: unknown key \"tga\""},
                    Edit{"UnknownConnectorOfARoute", "connector = \"ats\"", "connector = \"tas\"",
                         "did you mean \"ats\"?"},
                    Edit{"PlainHttpElsewhere", "http://127.0.0.1", "http://praxicraft.com",
                         "praxisync.toml:2:12: \"base_url\" cannot be used"},
                    Edit{"NoToml", "[state]", "[state", "praxisync.toml:5:"},
                    Edit{"WrongType", "max_invites_per_run = 500", "max_invites_per_run = \"many\"",
                         "praxisync.toml:33:23:"}),
    [](const auto& row) { return row.param.name; });

TEST(Usage, AMissingKeyIsNamedWithItsPlaceButNotNeededToLook) {
  Workplace place;
  place.exports(crowd("ada", 2));
  place.run({"sync"});
  Process::Start start = place.start({"sync"});
  start.environment.erase("PRAXICRAFT_API_KEY");

  const Ended ended = Process(start).wait();
  EXPECT_THAT(ended, ExitsWith(2));
  EXPECT_THAT(ended.err,
              AllOf(HasSubstr("praxisync.toml:3:11:"), HasSubstr("PRAXICRAFT_API_KEY is not set")));
  EXPECT_THAT(place.run({"sync"}, {{"PRAXICRAFT_API_KEY", ""}}), ExitsWith(2));

  for (const Arguments& arguments :
       {Arguments{"status"}, Arguments{"runs"}, Arguments{"explain", "app-ada000"}}) {
    start.arguments = arguments;
    EXPECT_THAT(Process(start).wait(), ExitsWith(0));
  }
}

TEST(Usage, TheKeyMayComeFromAFileAndAnyKeyFromTheEnvironment) {
  Workplace place;
  place.exports(crowd("ada", 2));
  place.folder.write("key", place.key + "\n");
  std::filesystem::permissions(place.folder / "key", std::filesystem::perms{0600});
  place.edit_config("{ env = \"PRAXICRAFT_API_KEY\" }", "{ file = \"key\" }");
  place.key = "unused";

  EXPECT_THAT(place.run({"sync"}, {{"PRAXISYNC_STATE__PATH", "other.db"}}), ExitsWith(0));

  EXPECT_TRUE(std::filesystem::exists(place.folder / "other.db"));
  EXPECT_FALSE(std::filesystem::exists(place.folder / "praxisync.db"));
  const Ended wrong = place.run({"sync"}, {{"PRAXISYNC_STATE__PAHT", "x.db"}});
  EXPECT_THAT(wrong, ExitsWith(2));
  EXPECT_THAT(wrong.err, HasSubstr("did you mean \"PRAXISYNC_STATE__PATH\"?"));
}

/// The commands that the overview names.
std::vector<std::string> commands_of(const std::string& overview) {
  std::istringstream lines(overview);
  std::vector<std::string> names;
  std::string line;
  while (std::getline(lines, line) && line != "Commands:") {
  }
  while (std::getline(lines, line) && !line.empty()) {
    names.push_back(line.substr(2, line.find("  ", 2) - 2));
  }
  return names;
}

TEST(Help, ShowsExamplesAndExitCodesOfEveryCommand) {
  Workplace place;
  const Ended overview = place.run({"--help"});
  ASSERT_THAT(overview, ExitsWith(0));
  EXPECT_THAT(overview.err, IsEmpty());
  const auto commands = commands_of(overview.out);
  EXPECT_THAT(commands, IsSupersetOf({"sync", "plan", "status", "runs", "explain", "doctor",
                                      "org show", "invites bulk", "sandbox", "demo"}));

  for (const std::string& command : commands) {
    SCOPED_TRACE(command);
    std::istringstream text(command);
    const Arguments words{std::istream_iterator<std::string>(text), {}};
    Arguments asked = words, other{"help"};
    asked.push_back("--help");
    other.insert(other.end(), words.begin(), words.end());
    const Ended help = place.run(asked);
    EXPECT_THAT(help, ExitsWith(0));
    EXPECT_THAT(help.out, AllOf(HasSubstr("Usage: praxisync " + command),
                                HasSubstr("\nExamples:\n  praxisync " + command),
                                HasSubstr("\nExit codes:\n  0  all done\n")));
    EXPECT_THAT(help.err, IsEmpty());
    EXPECT_EQ(place.run(other).out, help.out);
  }
}

TEST(Help, ListsEveryExitCodeOfSync) {
  Workplace place;

  const std::string help = place.run({"sync", "--help"}).out;

  for (const char code : std::string("01234567"))
    EXPECT_THAT(help, HasSubstr(std::string("\n  ") + code + "  "));
}

TEST(Help, TellsTheVersion) {
  Workplace place;
  const Ended ended = place.run({"--version"});
  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.out, MatchesRegex("praxisync [0-9]+\\.[0-9]+\\.[0-9]+\n"
                                      "commit     [0-9a-z-]+\n"
                                      "built      .+ with .+ for .+\n"
                                      "hardening  .+\n"
                                      "libraries  .+\n"));
}

}  // namespace
}  // namespace praxisync::testing_support
