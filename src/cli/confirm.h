/// Asks before what cannot be taken back: on a terminal a question, elsewhere only --yes will do.
#pragma once

#include <optional>
#include <string>

#include "cli/app.h"

namespace praxisync::cli {

/// For the commands that ask.
OptionSpec yes_option();

/// nullopt: go on. Otherwise the exit code, and why was said: kUsage where nobody can be asked,
/// kFailed where the answer was no. `question` is whole, without "[y/N]".
std::optional<int> refused(App& app, const ParsedOptions& options, const std::string& question);

}  // namespace praxisync::cli
