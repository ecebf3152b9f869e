#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "cli/app.h"
#include "cli/build_facts.h"
#include "cli/fleet.h"
#include "schedule/signals.h"

namespace praxisync::cli {
namespace {

config::Environment environment_of(char** variables) {
  config::Environment environment;
  for (char** entry = variables; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos)
      environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

int usage_error(App& app, const Error& error) {
  app.err << "praxisync: " << error.what << "\n";
  return kUsage;
}

int tell_version(App& app, const ParsedOptions& options) {
  const BuildFacts& facts = build_facts();
  if (options.get("output") == "json") {
    app.out << version_document(facts) << "\n";
  } else {
    app.out << version_text(facts);
  }
  return kDone;
}

int run(App& app, const std::vector<std::string>& arguments) {
  const std::vector<CommandSpec> all = command_specs();
  const Result<Invocation> invocation = find_command(all, arguments);
  if (!invocation) return usage_error(app, invocation.error());
  if (invocation->command == nullptr) {
    const Result<ParsedOptions> options = parse(CommandSpec{}, invocation->arguments);
    if (!options) return usage_error(app, options.error());
    if (options->has("version")) return tell_version(app, *options);
    const bool asked = options->has("help");
    (asked ? app.out : app.err) << overview_text(all);
    return asked ? kDone : kUsage;
  }
  const auto command = std::ranges::find(commands(), invocation->command->name,
                                         [](const Command& one) { return one.spec.name; });
  PRAXISYNC_CHECK(command != commands().end(), "command_specs() are made of them");
  const Result<ParsedOptions> options =
      parse(*invocation->command, invocation->arguments, app.environment);
  if (!options) {
    const int code = usage_error(app, options.error());
    return command->mistaken == nullptr ? code : command->mistaken(app, invocation->arguments);
  }
  if (options->has("help")) {
    app.out << help_text(*invocation->command);
    return kDone;
  }
  if (options->has("version")) return tell_version(app, *options);
  for (const std::string& line : idle_variables(*invocation->command, all, app.environment))
    app.err << "warning: " << line << "\n";
  return means_fleet(*command, *options) ? run_fleet(app, command->spec, *options)
                                         : command->run(app, *options);
}

}  // namespace
}  // namespace praxisync::cli

int main(int count, char** arguments) {
  using namespace praxisync::cli;
  // What this process writes is nobody else's business, and a core dump would hold the keys.
  ::umask(S_IRWXG | S_IRWXO);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  std::ios::sync_with_stdio(false);
  try {
    const auto environment = environment_of(environ);
    App app{.program = "/proc/self/exe",
            .environment = environment,
            .out_terminal = inspect(STDOUT_FILENO, environment),
            .err_terminal = inspect(STDERR_FILENO, environment),
            .out = std::cout,
            .err = std::cerr,
            .stop = praxisync::schedule::watch_signals()};
    const int code = run(app, {arguments + 1, arguments + count});
    app.out.flush();
    if (!app.out) {
      app.err << "praxisync: cannot write to standard output\n";
      return code == kDone ? kFailed : code;
    }
    return code;
  } catch (const std::exception& thrown) {
    std::cerr << "praxisync: unexpected failure: " << thrown.what() << "\n";
    return kFailed;
  }
}
