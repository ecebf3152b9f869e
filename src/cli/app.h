/// What every command is given: the world of the process, found out once in main.
#pragma once

#include <atomic>
#include <ostream>
#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/terminal.h"
#include "config/config.h"

namespace praxisync::cli {

struct App {
  std::string program;  ///< the path of this binary, for `demo`
  config::Environment environment;
  Terminal out_terminal, err_terminal;
  std::ostream& out;
  std::ostream& err;
  const std::atomic<bool>& stop;  ///< set by SIGTERM and SIGINT
};

/// Whether a command also runs for every organisation of a fleet (fleet.h), and what says so:
/// --all, or --config-dir where --all has a meaning of its own.
enum class Fleet { No, ByAll, ByFolder };

struct Command {
  CommandSpec spec;
  int (*run)(App& app, const ParsedOptions& options);  ///< gives the exit code
  /// The exit code where the arguments cannot be read; nullptr: kUsage.
  int (*mistaken)(const App& app, const std::vector<std::string>& arguments) = nullptr;
  Fleet fleet = Fleet::No;
};

/// The exit codes of the whole program: source docs and scripts may rely on them.
enum Exit : int {
  kDone = 0,
  kFailed = 1,
  kUsage = 2,
  kRecords = 3,
  kStopped = 4,
  kUnauthorized = 5,
  kLeaseHeld = 6,
  kHeld = 7,
};

const std::vector<ExitMeaning>& sync_exit_codes();
std::vector<ExitMeaning> exit_codes(const std::vector<int>& codes);

/// Every command, in the order of the overview.
const std::vector<Command>& commands();
/// Their definitions alone.
std::vector<CommandSpec> command_specs();

Command sync_command();
Command plan_command();
Command serve_command();
Command status_command();
Command runs_command();
Command explain_command();
Command doctor_command();
Command health_command();
Command init_command();
Command connectors_command();
Command sandbox_command();
Command demo_command();
Command completions_command();
Command man_command();

std::vector<Command> schedule_commands();

// The Assess API by hand, every endpoint: a command of two words each.
std::vector<Command> assessments_commands();
std::vector<Command> invites_commands();
std::vector<Command> results_commands();
std::vector<Command> cases_commands();
std::vector<Command> pipelines_commands();
std::vector<Command> webhooks_commands();
std::vector<Command> org_commands();

}  // namespace praxisync::cli
