#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/options.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

constexpr std::string_view kPrefix = "PRAXISYNC_";

bool is_flag(const OptionSpec& option) { return option.argument.empty(); }

/// The variable's text as arguments; none where it says no.
Result<std::vector<std::string>> arguments_of(const OptionSpec& option, const std::string& text) {
  std::vector<std::string> arguments;
  if (is_flag(option)) {
    const std::optional<bool> given = flag_value(text);
    if (!given) return Error{ErrorKind::Rejected, "it is true or false"};
    if (*given) arguments.push_back("--" + option.name);
    return arguments;
  }
  std::string_view rest = text;
  do {
    const std::size_t end = option.occurs == Occurs::Often ? rest.find('\n') : rest.size();
    const std::string_view value = rest.substr(0, end);
    rest.remove_prefix(std::min(value.size() + 1, rest.size()));
    if (!value.empty()) arguments.push_back(fmt::format("--{}={}", option.name, value));
  } while (!rest.empty());
  return arguments;
}

/// The command with nothing but its options.
CommandSpec options_alone(const CommandSpec& command) {
  CommandSpec alone = command;
  alone.positionals.clear();
  return alone;
}

}  // namespace

std::string variable_of(const OptionSpec& option) {
  std::string variable(kPrefix);
  for (const char c : option.name)
    variable += c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return variable;
}

std::optional<bool> flag_value(std::string_view text) {
  const std::string word = to_lower(trim(text));
  const auto among = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
  };
  if (among({"true", "yes", "on", "1"})) return true;
  if (among({"false", "no", "off", "0"})) return false;
  return std::nullopt;
}

Result<ParsedOptions> parse(const CommandSpec& command, const std::vector<std::string>& arguments,
                            const Variables& environment) {
  Result<ParsedOptions> typed = parse(command, arguments);
  if (!typed || typed->has("help") || typed->has("version")) return typed;
  const CommandSpec alone = options_alone(command);
  std::vector<std::string> all;
  std::set<std::string, std::less<>> by_variable;
  for (const OptionSpec& option : options_of(command)) {
    const auto found = environment.find(variable_of(option));
    const bool stands = found != environment.end() && !found->second.empty() &&
                        option.typed_only.empty() && !typed->has(option.name);
    if (!stands) continue;
    Result<std::vector<std::string>> words = arguments_of(option, found->second);
    if (!words) return std::move(words).error().during(found->first);
    if (Result<ParsedOptions> read = parse(alone, *words); !read)
      return std::move(read).error().during(found->first);
    std::ranges::move(*words, std::back_inserter(all));
    by_variable.insert(option.name);
  }
  if (all.empty()) return typed;
  // In front: what follows "--" is no option.
  std::ranges::copy(arguments, std::back_inserter(all));
  Result<ParsedOptions> whole = parse(command, all);
  if (whole) whole->by_variable_ = std::move(by_variable);
  return whole;
}

std::vector<std::string> idle_variables(const CommandSpec& command,
                                        const std::vector<CommandSpec>& commands,
                                        const Variables& environment) {
  std::vector<std::string> known;  // without the prefix, or everything would look alike
  const auto add = [&](const OptionSpec& option) {
    known.push_back(variable_of(option).substr(kPrefix.size()));
  };
  std::ranges::for_each(global_options(), add);
  for (const CommandSpec& one : commands) std::ranges::for_each(one.options, add);

  std::vector<std::string> lines;
  for (auto at = environment.lower_bound(std::string(kPrefix)); at != environment.end(); ++at) {
    const std::string& variable = at->first;
    if (!variable.starts_with(kPrefix)) break;
    if (variable.find("__") != std::string::npos || at->second.empty()) continue;
    const auto typed = std::ranges::find_if(command.options, [&](const OptionSpec& option) {
      return !option.typed_only.empty() && variable_of(option) == variable;
    });
    if (typed != command.options.end()) {
      lines.push_back(fmt::format("{} changes nothing: --{} is only typed, because {}", variable,
                                  typed->name, typed->typed_only));
      continue;
    }
    const std::string rest = variable.substr(kPrefix.size());
    const std::string meant = did_you_mean(rest, known);
    if (meant.empty() || meant == rest) continue;
    lines.push_back(fmt::format("{} is no option's variable; did you mean {}{}?",
                                printable(variable, 100), kPrefix, meant));
  }
  return lines;
}

}  // namespace praxisync::cli
