#include "cli/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/result_matchers.h"
#include "unit/cli/sample_commands.h"

namespace praxisync::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing_support::IsOk;
using Words = std::vector<std::string>;

TEST(Options, AreReadInEverySpelling) {
  const auto parsed = parse(sync_command(), {"--max-duration", "10m", "--config=a.toml", "-n"});

  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->get("max-duration"), "10m");
  EXPECT_EQ(parsed->get("config"), "a.toml");
  EXPECT_TRUE(parsed->has("dry-run"));
  EXPECT_FALSE(parsed->has("help"));
}

TEST(Options, MayBeShortWithTheirValueNext) {
  const auto parsed = parse(sync_command(), {"-d", "10m", "-c", "a.toml"});

  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->get("max-duration"), "10m");
  EXPECT_EQ(parsed->get("config"), "a.toml");
}

TEST(Options, FallBackToTheirDefaults) {
  const auto parsed = parse(sync_command(), {});

  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->get("output"), "table");
  EXPECT_EQ(parsed->get("log-level"), "info");
  EXPECT_FALSE(parsed->has("config"));
  EXPECT_EQ(parsed->get("max-duration"), "");
}

TEST(Options, ThatMayOccurOftenKeepEveryValueWhole) {
  const auto parsed = parse(sync_command(), {"--connector", "a,b", "--connector", "c d"});

  ASSERT_THAT(parsed, IsOk());
  EXPECT_THAT(parsed->all("connector"), ElementsAre("a,b", "c d"));
}

TEST(Options, EndAtTwoDashes) {
  const auto parsed = parse(explain_command(), {"--", "--odd-name"});

  ASSERT_THAT(parsed, IsOk());
  EXPECT_THAT(parsed->positionals(), ElementsAre("--odd-name"));
}

TEST(Options, MayStandAmongPositionals) {
  const auto parsed = parse(explain_command(), {"ann@example.com", "--output", "json"});

  ASSERT_THAT(parsed, IsOk());
  EXPECT_THAT(parsed->positionals(), ElementsAre("ann@example.com"));
  EXPECT_EQ(parsed->get("output"), "json");
}

TEST(Options, TakeAValueWithADashAfterAnEqualsSign) {
  const auto parsed = parse(sync_command(), {"--max-duration=-5"});

  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->get("max-duration"), "-5");
}

TEST(Options, LetASingleDashBeAValue) {
  const auto parsed = parse(sync_command(), {"--config", "-"});

  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->get("config"), "-");
}

TEST(Options, WithHelpNeedNothingElse) {
  const auto parsed = parse(explain_command(), {"--help"});

  ASSERT_THAT(parsed, IsOk());
  EXPECT_TRUE(parsed->has("help"));
}

struct UsageCase {
  std::string name;
  CommandSpec command;
  Words arguments;
  std::string want;
};
void PrintTo(const UsageCase& row, std::ostream* out) { *out << row.name; }

class UsageError : public testing::TestWithParam<UsageCase> {};

TEST_P(UsageError, SaysWhatIsWrongAndHowToMendIt) {
  const auto parsed = parse(GetParam().command, GetParam().arguments);

  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().what, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Table, UsageError,
    testing::Values(
        UsageCase{"Misspelt",
                  sync_command(),
                  {"--conector", "gh"},
                  "unknown option --conector; did you mean --connector?"},
        UsageCase{"MisspeltWithValue",
                  sync_command(),
                  {"--conector=gh"},
                  "unknown option --conector; did you mean --connector?"},
        UsageCase{"LikeNoOther",
                  sync_command(),
                  {"--zzzzzzzzzzzz"},
                  "unknown option --zzzzzzzzzzzz; see praxisync sync --help"},
        UsageCase{
            "UnknownShort", sync_command(), {"-x"}, "unknown option -x; see praxisync sync --help"},
        UsageCase{"NoValueAtTheEnd",
                  sync_command(),
                  {"--connector"},
                  "--connector needs a value: --connector NAME"},
        UsageCase{"ShortWithoutValue",
                  sync_command(),
                  {"-d"},
                  "--max-duration needs a value: --max-duration SPAN"},
        UsageCase{"NextOptionForValue",
                  sync_command(),
                  {"--config", "--output", "json"},
                  "--config needs a value: --config FILE"},
        UsageCase{
            "EmptyValue", sync_command(), {"--config="}, "--config needs a value: --config FILE"},
        UsageCase{
            "Twice", sync_command(), {"--config", "a", "--config", "b"}, "--config is given twice"},
        UsageCase{"FlagWithValue", sync_command(), {"--dry-run=no"}, "--dry-run takes no value"},
        UsageCase{"NoSuchChoice",
                  sync_command(),
                  {"--output", "yaml"},
                  "--output cannot be yaml; it is one of table, json"},
        UsageCase{"TooMany",
                  sync_command(),
                  {"gh"},
                  "gh is one argument too many; see praxisync sync --help"},
        UsageCase{"OneTooMany",
                  explain_command(),
                  {"a", "b"},
                  "b is one argument too many; see praxisync explain --help"},
        UsageCase{"Missing", explain_command(), {}, "WHO is missing; see praxisync explain --help"},
        UsageCase{"NoOptionAtAll",
                  sync_command(),
                  {"--?"},
                  "--? is not an option; what begins with '-' and is none follows after --"},
        UsageCase{"ControlCharacters",
                  sync_command(),
                  {"gh\x1b[31m"},
                  "gh?[31m is one argument too many; see praxisync sync --help"}),
    [](const auto& row) { return row.param.name; });

TEST(Options, OfACommandStandInThePlaceOfGlobalOnesOfTheSameName) {
  const CommandSpec list{.name = "list",
                         .summary = "rows",
                         .options = {{.name = "output",
                                      .shortcut = "o",
                                      .argument = "FORM",
                                      .help = "of rows",
                                      .fallback = "table",
                                      .choices = {"table", "ndjson"}}}};

  const auto parsed = parse(list, {"-o", "ndjson"});

  ASSERT_TRUE(parsed.has_value()) << parsed.error().what;
  EXPECT_EQ(parsed->get("output"), "ndjson");
  EXPECT_FALSE(parse(list, {"--output", "json"}).has_value());
  EXPECT_EQ(help_text(list).find("what stdout gets"), std::string::npos);
}

TEST(FindCommand, TakesOptionsFromBeforeAndAfterTheName) {
  const std::vector<CommandSpec> commands = sample_commands();

  const auto found = find_command(commands, {"--config", "a.toml", "sync", "-n"});

  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->command, &commands[0]);
  EXPECT_THAT(found->arguments, ElementsAre("--config", "a.toml", "-n"));
}

TEST(FindCommand, KnowsNamesOfTwoWords) {
  const std::vector<CommandSpec> commands = sample_commands();

  const auto found = find_command(commands, {"state", "check", "a.db"});

  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->command->name, "state check");
  EXPECT_THAT(found->arguments, ElementsAre("a.db"));
}

TEST(FindCommand, ReadsHelpAsACommand) {
  const std::vector<CommandSpec> commands = sample_commands();

  const auto found = find_command(commands, {"help", "sync"});

  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->command->name, "sync");
  EXPECT_THAT(found->arguments, ElementsAre("--help"));
}

TEST(FindCommand, LeavesTheOverviewToTheCaller) {
  for (const Words& words : {Words{}, Words{"--help"}, Words{"help"}, Words{"--version"}}) {
    const auto found = find_command(sample_commands(), words);

    ASSERT_THAT(found, IsOk());
    EXPECT_EQ(found->command, nullptr);
  }
}

struct CommandCase {
  std::string name;
  Words arguments;
  std::string want;
};
void PrintTo(const CommandCase& row, std::ostream* out) { *out << row.name; }

class CommandError : public testing::TestWithParam<CommandCase> {};

TEST_P(CommandError, SaysWhatWasMeant) {
  const auto found = find_command(sample_commands(), GetParam().arguments);

  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().what, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Table, CommandError,
    testing::Values(
        CommandCase{"Misspelt", {"snyc"}, "unknown command snyc; did you mean sync?"},
        CommandCase{"LikeNoOther",
                    {"frobnicate"},
                    "unknown command frobnicate; praxisync --help names them all"},
        CommandCase{"Half", {"state"}, "state is not a whole command; there is state check"},
        CommandCase{
            "OptionAlone", {"--verison"}, "unknown option --verison; did you mean --version?"}),
    [](const auto& row) { return row.param.name; });

TEST(Positional, TakesItsChoicesAlone) {
  EXPECT_TRUE(parse(shell_command(), {"fish"}).has_value());

  const auto refused = parse(shell_command(), {"fsih"});

  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().what, "SHELL cannot be fsih; it is one of bash, fish");
}

}  // namespace
}  // namespace praxisync::cli
