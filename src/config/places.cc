#include "config/places.h"

#include <algorithm>
#include <optional>
#include <string>
#include <system_error>

namespace praxisync::config {
namespace {

using std::filesystem::path;

constexpr const char* kServiceConfigs = "/etc/praxisync";
constexpr const char* kServiceState = "/var/lib/praxisync";
constexpr const char* kConfig = "praxisync.toml";
constexpr const char* kDatabase = "praxisync.db";

/// nullopt where the variable is not there, or is no absolute path, which does not count.
std::optional<path> folder_in(const Environment& environment, const std::string& variable) {
  const auto found = environment.find(variable);
  if (found == environment.end()) return std::nullopt;
  const path folder(found->second);
  if (!folder.is_absolute()) return std::nullopt;
  return folder.lexically_normal();
}

/// systemd names several folders with ':' between them: the first will do.
path service_state(const Environment& environment) {
  const auto found = environment.find("STATE_DIRECTORY");
  if (found == environment.end()) return kServiceState;
  const path first = found->second.substr(0, found->second.find(':'));
  return first.is_absolute() ? first : path(kServiceState);
}

/// A user's folder of ours; nullopt for whoever has no home.
std::optional<path> user_folder(const Environment& environment, const std::string& variable,
                                const char* below_home) {
  std::optional<path> base = folder_in(environment, variable);
  if (!base) {
    base = folder_in(environment, "HOME");
    if (base) *base /= below_home;
  }
  if (base) *base /= "praxisync";
  return base;
}

bool is_there(const path& file) {
  std::error_code ignored;
  return std::filesystem::exists(file, ignored);
}

}  // namespace

std::vector<path> usual_configs(const Environment& environment) {
  std::vector<path> places{kConfig};
  if (auto user = user_folder(environment, "XDG_CONFIG_HOME", ".config"))
    places.push_back(*user / kConfig);
  places.push_back(path(kServiceConfigs) / kConfig);
  return places;
}

path usual_config(const Environment& environment) {
  const std::vector<path> places = usual_configs(environment);
  const auto found = std::ranges::find_if(places, is_there);
  return found == places.end() ? places.front() : *found;
}

State usual_state(const path& folder, const Environment& environment) {
  const path beside = folder / kDatabase;
  if (is_there(beside)) return {beside};
  if (folder == kServiceConfigs) {
    return {service_state(environment) / kDatabase, State::Folder::Made};
  }
  if (folder == user_folder(environment, "XDG_CONFIG_HOME", ".config")) {
    if (const auto state = user_folder(environment, "XDG_STATE_HOME", ".local/state"))
      return {*state / kDatabase, State::Folder::Made};
  }
  return {beside};
}

}  // namespace praxisync::config
