#include "cli/confirm.h"

#include <unistd.h>

#include <iostream>

#include "domain/text.h"

namespace praxisync::cli {

OptionSpec yes_option() {
  return {.name = "yes",
          .shortcut = "y",
          .help = "do it without asking; needed off a terminal",
          .typed_only = "it answers one question"};
}

std::optional<int> refused(App& app, const ParsedOptions& options, const std::string& question) {
  if (options.has("yes")) return std::nullopt;
  const bool somebody_there = ::isatty(STDIN_FILENO) == 1 && app.err_terminal.tty;
  if (!somebody_there) {
    app.err << "praxisync: this cannot be taken back, and there is no terminal to ask at: "
               "say --yes to do it. Nothing was done.\n";
    return kUsage;
  }
  app.err << question << " [y/N] " << std::flush;
  std::string line;
  std::getline(std::cin, line);
  const std::string answer = to_lower(trim(line));
  if (answer == "y" || answer == "yes") return std::nullopt;
  app.err << "nothing was done\n";
  return kFailed;
}

}  // namespace praxisync::cli
