#include "cli/app.h"
#include "cli/completions.h"

namespace praxisync::cli {
namespace {

int run_completions(App& app, const ParsedOptions& options) {
  const std::string& shell = options.positionals().front();
  const std::vector<CommandSpec> specs = command_specs();
  app.out << (shell == "bash"  ? bash_completion(specs)
              : shell == "zsh" ? zsh_completion(specs)
                               : fish_completion(specs));
  return kDone;
}

}  // namespace

Command completions_command() {
  return {{.name = "completions",
           .summary = "A completion script for your shell",
           .usage = "Needs no config and no network. The Debian package has all of them in place.",
           .positionals = {{.name = "SHELL", .help = "which", .choices = {"bash", "zsh", "fish"}}},
           .examples = {{"praxisync completions bash > "
                         "~/.local/share/bash-completion/completions/praxisync",
                         "for you alone, from the next shell on"},
                        {"praxisync completions fish > ~/.config/fish/completions/praxisync.fish",
                         "the same in fish"}},
           .exit_codes = exit_codes({kDone, kUsage})},
          run_completions};
}

}  // namespace praxisync::cli
