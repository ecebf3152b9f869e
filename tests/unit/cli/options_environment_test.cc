#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/options.h"
#include "support/result_matchers.h"
#include "unit/cli/sample_commands.h"

namespace praxisync::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing_support::IsOk;

TEST(OptionVariables, StandForEveryKindOfOption) {
  const auto parsed = parse(sync_command(), {},
                            {{"PRAXISYNC_MAX_DURATION", "10m"},
                             {"PRAXISYNC_DRY_RUN", "true"},
                             {"PRAXISYNC_OUTPUT", "json"},
                             {"PRAXISYNC_CONNECTOR", "gh\na,b\n"}});

  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->get("max-duration"), "10m");
  EXPECT_TRUE(parsed->has("dry-run"));
  EXPECT_FALSE(parsed->typed("dry-run"));
  EXPECT_EQ(parsed->get("output"), "json");
  EXPECT_THAT(parsed->all("connector"), ElementsAre("gh", "a,b"));
}

TEST(OptionVariables, YieldToWhatIsTyped) {
  const auto parsed =
      parse(sync_command(), {"-d", "5m", "--connector", "lever"},
            {{"PRAXISYNC_MAX_DURATION", "10m"}, {"PRAXISYNC_CONNECTOR", "gh\nashby"}});

  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->get("max-duration"), "5m");
  EXPECT_TRUE(parsed->typed("max-duration"));
  EXPECT_THAT(parsed->all("connector"), ElementsAre("lever"));
}

TEST(OptionVariables, AreNotPutAmongThePositionals) {
  const auto parsed =
      parse(explain_command(), {"--", "--odd-name"}, {{"PRAXISYNC_LOG_LEVEL", "debug"}});

  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->get("log-level"), "debug");
  EXPECT_THAT(parsed->positionals(), ElementsAre("--odd-name"));
}

TEST(OptionVariables, MayHoldAnyText) {
  const auto parsed = parse(sync_command(), {}, {{"PRAXISYNC_CONFIG", "-odd =name"}});

  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->get("config"), "-odd =name");
}

TEST(OptionVariables, AreNoneWhereTheyAreEmptySayNoOrOnlyTypingCounts) {
  const auto parsed = parse(sync_command(), {},
                            {{"PRAXISYNC_CONFIG", ""},
                             {"PRAXISYNC_DRY_RUN", "0"},
                             {"PRAXISYNC_CONFIRM", "800"},
                             {"PRAXISYNC_HELP", "1"}});

  ASSERT_THAT(parsed, IsOk());
  for (const char* option : {"config", "dry-run", "confirm", "help"})
    EXPECT_FALSE(parsed->has(option)) << option;
}

TEST(OptionVariables, OfOtherCommandsAreLeftAlone) {
  EXPECT_THAT(parse(explain_command(), {"ann"}, {{"PRAXISYNC_MAX_DURATION", "soon"}}), IsOk());
}

TEST(OptionVariables, DoNotKeepHelpFromBeingShown) {
  const auto parsed = parse(sync_command(), {"--help"}, {{"PRAXISYNC_OUTPUT", "yaml"}});

  ASSERT_THAT(parsed, IsOk());
  EXPECT_TRUE(parsed->has("help"));
}

TEST(OptionVariables, AreNamedWhereTheirTextIsWrong) {
  const auto choice = parse(sync_command(), {}, {{"PRAXISYNC_OUTPUT", "yaml"}});
  const auto flag = parse(sync_command(), {}, {{"PRAXISYNC_DRY_RUN", "perhaps"}});

  ASSERT_FALSE(choice);
  EXPECT_EQ(choice.error().what,
            "PRAXISYNC_OUTPUT: --output cannot be yaml; it is one of table, json");
  ASSERT_FALSE(flag);
  EXPECT_EQ(flag.error().what, "PRAXISYNC_DRY_RUN: it is true or false");
}

TEST(IdleVariables, AreMisspeltOnesAndThoseThatAreOnlyTyped) {
  const auto lines = idle_variables(sync_command(), sample_commands(),
                                    {{"PRAXISYNC_CONFIRM", "800"}, {"PRAXISYNC_OUTPT", "json"}});

  EXPECT_THAT(lines,
              ElementsAre("PRAXISYNC_CONFIRM changes nothing: --confirm is only typed, because it "
                          "holds for one run",
                          "PRAXISYNC_OUTPT is no option's variable; did you mean "
                          "PRAXISYNC_OUTPUT?"));
}

TEST(IdleVariables, AreNotThoseOfOtherCommandsKeysOfTheConfigOrSecrets) {
  EXPECT_THAT(idle_variables(explain_command(), sample_commands(),
                             {{"PRAXISYNC_MAX_DURATION", "10m"},
                              {"PRAXISYNC_CONFIRM", "5"},
                              {"PRAXISYNC_STATE__PATH", "a.db"},
                              {"PRAXISYNC_PAGE_TOKEN", "secret"},
                              {"PRAXISYNC_SERVICE_HOST", "10.0.0.1"},
                              {"PRAXISYNC_OUTPT", ""},
                              {"OUTPT", "json"}}),
              IsEmpty());
}

}  // namespace
}  // namespace praxisync::cli
