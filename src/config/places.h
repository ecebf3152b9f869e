/// Where a config and its database are when nobody says so: in the working folder; for a user by
/// the XDG base directory rules, of which only absolute paths count; for a service below /etc and
/// /var/lib. Pure but for the look whether a file is there.
#pragma once

#include <filesystem>
#include <vector>

#include "config/config.h"

namespace praxisync::config {

/// In the order in which they are looked at: praxisync.toml, $XDG_CONFIG_HOME/praxisync/ (else
/// ~/.config/praxisync/), /etc/praxisync/.
std::vector<std::filesystem::path> usual_configs(const Environment& environment);

/// The first of them that is there; else the first of them.
std::filesystem::path usual_config(const Environment& environment);

/// The database of a config in `folder` that names none: beside it. Only where none is there, and
/// the folder is one of the two below, in $XDG_STATE_HOME/praxisync (else ~/.local/state/praxisync)
/// for a user's and in $STATE_DIRECTORY (systemd's; else /var/lib/praxisync) for a service's.
State usual_state(const std::filesystem::path& folder, const Environment& environment);

}  // namespace praxisync::config
