/// Completion for shells: commands, options, the values that an option is limited to, files and
/// folders. The scripts are made from the definition of the commands and stand alone: completing
/// does not run praxisync. Offered is what may come next, not all that would be accepted there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"

namespace praxisync::cli {

/// For bash 4 and later.
std::string bash_completion(const std::vector<CommandSpec>& commands);
std::string zsh_completion(const std::vector<CommandSpec>& commands);
/// For fish 3.4 and later.
std::string fish_completion(const std::vector<CommandSpec>& commands);

}  // namespace praxisync::cli
