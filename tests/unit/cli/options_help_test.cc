#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cli/sample_commands.h"

namespace praxisync::cli {
namespace {

using testing::HasSubstr;

TEST(HelpText, ShowsEverythingOfACommand) {
  EXPECT_EQ(
      help_text(sync_command()),
      "praxisync sync: one pass over all connectors\n"
      "\n"
      "Usage: praxisync sync [OPTIONS]\n"
      "\n"
      "Invites, collects and writes back.\n"
      "\n"
      "Options:\n"
      "      --connector NAME     only this one; may be repeated\n"
      "  -d, --max-duration SPAN  stop then\n"
      "  -n, --dry-run            change nothing\n"
      "      --confirm N          let so many go\n"
      "\n"
      "Options of every command:\n"
      "  -c, --config FILE      the config; else praxisync.toml here, in ~/.config/praxisync or "
      "/etc/praxisync\n"
      "  -o, --output FORM      what stdout gets: table, json (default: table)\n"
      "      --log-level LEVEL  the least that is logged to stderr: debug, info, warn, error "
      "(default: info)\n"
      "      --log-format FORM  how log lines look: text, json (default: text)\n"
      "  -h, --help             show this and end\n"
      "      --version          show the version and end\n"
      "\n"
      "A variable can stand for an option: PRAXISYNC_LOG_LEVEL for --log-level; for a flag it "
      "is true or\n"
      "false. What is typed goes first. Not so --help and --version,\n"
      "and --confirm, because it holds for one run.\n"
      "\n"
      "Examples:\n"
      "  praxisync sync --connector gh\n"
      "      reads one account only\n"
      "\n"
      "Exit codes:\n"
      "  0  all done\n"
      "  5  credentials refused\n");
}

TEST(HelpText, ShowsPositionals) {
  EXPECT_THAT(help_text(explain_command()), HasSubstr("Usage: praxisync explain WHO [OPTIONS]\n\n"
                                                      "Arguments:\n  WHO  an address or an id\n"));
  EXPECT_THAT(help_text(runs_command()), HasSubstr("Usage: praxisync runs [ID] [OPTIONS]\n"));
  EXPECT_THAT(help_text(check_command()),
              HasSubstr("Usage: praxisync state check [FILE...] [OPTIONS]\n"));
  EXPECT_THAT(help_text(shell_command()), HasSubstr("Arguments:\n  SHELL  which: bash, fish\n"));
}

TEST(OverviewText, ListsEveryCommand) {
  EXPECT_THAT(overview_text(sample_commands()),
              HasSubstr("Commands:\n"
                        "  sync         one pass over all connectors\n"
                        "  explain      one candidate's history\n"
                        "  runs         past runs\n"
                        "  state check  the database's integrity\n"));
}

}  // namespace
}  // namespace praxisync::cli
