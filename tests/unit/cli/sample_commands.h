/// Commands made up for tests of the command line.
#pragma once

#include <vector>

#include "cli/options.h"

namespace praxisync::cli {

inline CommandSpec sync_command() {
  return {.name = "sync",
          .summary = "one pass over all connectors",
          .usage = "Invites, collects and writes back.",
          .options =
              {{.name = "connector",
                .argument = "NAME",
                .help = "only this one",
                .occurs = Occurs::Often},
               {.name = "max-duration", .shortcut = "d", .argument = "SPAN", .help = "stop then"},
               {.name = "dry-run", .shortcut = "n", .help = "change nothing"},
               {.name = "confirm",
                .argument = "N",
                .help = "let so many go",
                .typed_only = "it holds for one run"}},
          .examples = {{"praxisync sync --connector gh", "reads one account only"}},
          .exit_codes = {{0, "all done"}, {5, "credentials refused"}}};
}

inline CommandSpec explain_command() {
  return {.name = "explain",
          .summary = "one candidate's history",
          .positionals = {{.name = "WHO", .help = "an address or an id"}}};
}

inline CommandSpec runs_command() {
  return {.name = "runs",
          .summary = "past runs",
          .positionals = {{.name = "ID", .help = "one of them", .presence = Presence::Optional}}};
}

inline CommandSpec check_command() {
  return {
      .name = "state check",
      .summary = "the database's integrity",
      .positionals = {{.name = "FILE", .presence = Presence::Optional, .occurs = Occurs::Often}}};
}

inline CommandSpec shell_command() {
  return {.name = "completions",
          .summary = "a completion script",
          .positionals = {{.name = "SHELL", .help = "which", .choices = {"bash", "fish"}}}};
}

inline std::vector<CommandSpec> sample_commands() {
  return {sync_command(), explain_command(), runs_command(), check_command()};
}

}  // namespace praxisync::cli
