#include <fmt/format.h>

#include <algorithm>

#include "cli/options.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

/// Whether the argument is a global option that takes the next argument as its value.
bool takes_next(std::string_view argument) {
  return std::ranges::any_of(global_options(), [&](const OptionSpec& option) {
    return !option.argument.empty() &&
           (argument == "--" + option.name ||
            (!option.shortcut.empty() && argument == "-" + option.shortcut));
  });
}

/// Where the command's name is: after the global options; the size where there is none.
std::size_t position_of_name(const std::vector<std::string>& arguments) {
  std::size_t at = 0;
  while (at < arguments.size() && arguments[at].size() > 1 && arguments[at].front() == '-') {
    at += takes_next(arguments[at]) ? std::size_t{2} : std::size_t{1};
  }
  return std::min(at, arguments.size());
}

const CommandSpec* named(const std::vector<CommandSpec>& commands, const std::string& name) {
  const auto found = std::ranges::find(commands, name, &CommandSpec::name);
  return found == commands.end() ? nullptr : &*found;
}

Error unknown_command(const std::vector<CommandSpec>& commands, const std::string& word) {
  std::vector<std::string> names, parts;
  for (const CommandSpec& command : commands) {
    names.push_back(command.name);
    if (command.name.starts_with(word + " ")) parts.push_back(command.name);
  }
  if (!parts.empty()) {
    return {ErrorKind::Rejected, fmt::format("{} is not a whole command; there is {}",
                                             printable(word, 60), fmt::join(parts, ", "))};
  }
  const std::string nearest = did_you_mean(word, names);
  return {ErrorKind::Rejected, fmt::format("unknown command {}; {}", printable(word, 60),
                                           nearest.empty() ? "praxisync --help names them all"
                                                           : "did you mean " + nearest + "?")};
}

}  // namespace

Result<Invocation> find_command(const std::vector<CommandSpec>& commands,
                                const std::vector<std::string>& arguments) {
  std::size_t at = position_of_name(arguments);
  Invocation invocation;
  const auto end_of_options = arguments.begin() + static_cast<std::ptrdiff_t>(at);
  invocation.arguments.assign(arguments.begin(), end_of_options);
  if (at < arguments.size() && arguments[at] == "help") {
    invocation.arguments.emplace_back("--help");
    ++at;
  }
  if (at == arguments.size()) {
    // Without a command there is nothing but --help and --version: parse them as a command's.
    const auto parsed = parse(CommandSpec{}, invocation.arguments);
    if (!parsed) return parsed.error();
    return invocation;
  }
  std::size_t words = 2;
  if (at + 1 < arguments.size()) {
    invocation.command = named(commands, arguments[at] + " " + arguments[at + 1]);
  }
  if (invocation.command == nullptr) {
    invocation.command = named(commands, arguments[at]);
    words = 1;
  }
  if (invocation.command == nullptr) return unknown_command(commands, arguments[at]);
  invocation.arguments.insert(invocation.arguments.end(),
                              arguments.begin() + static_cast<std::ptrdiff_t>(at + words),
                              arguments.end());
  return invocation;
}

}  // namespace praxisync::cli
