#include "cli/fleet.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <system_error>

#include "connectors/all.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

/// Two names of one file are one database, which need not be there yet.
std::filesystem::path real_place(std::filesystem::path path) {
  constexpr int kMostLinks = 40;  // as the kernel has it
  std::error_code failed;
  for (int links = 0; links < kMostLinks && std::filesystem::is_symlink(path, failed); ++links)
    path = path.parent_path() / std::filesystem::read_symlink(path, failed);
  std::filesystem::path real = std::filesystem::weakly_canonical(path, failed);
  return failed ? path.lexically_normal() : real;
}

}  // namespace

Command for_fleets(Command command, Fleet fleet) {
  std::vector<OptionSpec>& options = command.spec.options;
  if (fleet == Fleet::ByAll)
    options.push_back({.name = "all", .help = "for every organisation of --config-dir"});
  options.push_back({.name = "config-dir",
                     .argument = "FOLDER",
                     .help = "of the fleet: one config an organisation, NAME.toml"});
  options.push_back({.name = "shard",
                     .argument = "I/N",
                     .help = "this part of the fleet alone: 2/5 is the second of five; /5 takes "
                             "JOB_COMPLETION_INDEX of five"});
  options.push_back({.name = "parallel",
                     .argument = "N",
                     .help = "so many organisations at a time",
                     .fallback = "4"});
  command.fleet = fleet;
  return command;
}

bool means_fleet(const Command& command, const ParsedOptions& options) {
  if (command.fleet == Fleet::No) return false;
  return options.typed("config-dir") || options.typed("shard") ||
         (options.has("all") && (command.fleet == Fleet::ByAll || options.has("config-dir")));
}

Result<std::vector<Organisation>> read_fleet(const std::filesystem::path& folder) {
  std::vector<Organisation> fleet;
  std::error_code failed;
  std::filesystem::directory_iterator entry(folder, failed);
  for (; !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed)) {
    const std::filesystem::path& path = entry->path();
    if (path.extension() != ".toml" || path.filename().string().starts_with('.')) continue;
    fleet.push_back({path.stem().string(), path});
  }
  const std::string shown = printable(folder.string(), 200);
  if (failed) {
    return Error{ErrorKind::Rejected,
                 fmt::format("--config-dir: {} cannot be read: {}", shown, failed.message())};
  }
  if (fleet.empty())
    return Error{
        ErrorKind::Rejected,
        fmt::format("--config-dir: {} holds no config: NAME.toml, one an organisation", shown)};
  std::ranges::sort(fleet, {}, &Organisation::name);
  return fleet;
}

Result<void> check_databases(const std::vector<Organisation>& fleet,
                             const config::Environment& environment) {
  std::map<std::filesystem::path, const Organisation*> owners;
  const std::vector<connector::ConnectorSpec> specs = all_connectors();
  for (const Organisation& organisation : fleet) {
    const config::Loaded loaded =
        config::load(organisation.config, specs, environment, config::Secrets::NotNeeded);
    if (!loaded.config) continue;
    const auto [owner, first] =
        owners.emplace(real_place(loaded.config->state.path), &organisation);
    if (first) continue;
    return Error{
        ErrorKind::Rejected,
        fmt::format("{} and {} name the same database, {}: give each its own, such as path = "
                    "\"{}.db\" in [state]",
                    printable(owner->second->config.string(), 200),
                    printable(organisation.config.string(), 200), owner->first.string(),
                    printable(organisation.name, 100))};
  }
  return {};
}

}  // namespace praxisync::cli
