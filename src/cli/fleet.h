/// A fleet: a folder with one config for each organisation. Its commands run each organisation in a
/// process of its own, so that whatever befalls one (a broken config, a refused key, a held lease,
/// a crash) stays its own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/app.h"

namespace praxisync::cli {

struct Organisation {
  std::string name;  ///< the config's name without ".toml"
  std::filesystem::path config;
};

/// The command with --all, --config-dir, --shard and --parallel behind its own options.
Command for_fleets(Command command, Fleet fleet);

/// Whether the fleet is meant, and not one config.
bool means_fleet(const Command& command, const ParsedOptions& options);

/// Every *.toml in the folder, by name; names that begin with '.' are left out. Rejected where it
/// cannot be read or holds none.
Result<std::vector<Organisation>> read_fleet(const std::filesystem::path& folder);

/// Rejected where two of them would share a database. A config that cannot be read is not looked
/// at: its own run says what is wrong with it.
Result<void> check_databases(const std::vector<Organisation>& fleet,
                             const config::Environment& environment);

/// Runs the command for every organisation of the shard, prints a line for each, and gives the
/// worst of their exit codes.
int run_fleet(App& app, const CommandSpec& command, const ParsedOptions& options);

}  // namespace praxisync::cli
