#include <fmt/format.h>

#include <algorithm>

#include "cli/options.h"

namespace praxisync::cli {
namespace {

/// "  left   right" lines with the right sides in one column.
std::string two_columns(const std::vector<std::pair<std::string, std::string>>& lines) {
  std::size_t width = 0;
  for (const auto& [left, right] : lines) width = std::max(width, left.size());
  std::string out;
  for (const auto& [left, right] : lines) out += fmt::format("  {:<{}}  {}\n", left, width, right);
  return out;
}

std::string left_of(const OptionSpec& option) {
  std::string left = option.shortcut.empty() ? "    " : "-" + option.shortcut + ", ";
  left += "--" + option.name;
  if (!option.argument.empty()) left += " " + option.argument;
  return left;
}

std::string among(const std::vector<std::string>& choices) {
  return choices.empty() ? "" : fmt::format(": {}", fmt::join(choices, ", "));
}

std::string options_block(std::string_view title, const std::vector<OptionSpec>& options) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const OptionSpec& option : options) lines.emplace_back(left_of(option), meaning(option));
  return fmt::format("\n{}:\n{}", title, two_columns(lines));
}

std::string usage_line(const CommandSpec& command) {
  std::string line = "praxisync " + command.name;
  for (const PositionalSpec& positional : command.positionals) {
    std::string word = positional.name + (positional.occurs == Occurs::Often ? "..." : "");
    if (positional.presence == Presence::Optional) word = "[" + word + "]";
    line += " " + word;
  }
  return line + " [OPTIONS]";
}

std::string positionals_block(const CommandSpec& command) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const PositionalSpec& positional : command.positionals) {
    lines.emplace_back(positional.name, meaning(positional));
  }
  return "\nArguments:\n" + two_columns(lines);
}

std::string exit_codes_block(const CommandSpec& command) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const ExitMeaning& exit : command.exit_codes) {
    lines.emplace_back(std::to_string(exit.code), exit.meaning);
  }
  return "\nExit codes:\n" + two_columns(lines);
}

/// How variables stand for options, and for which none does.
std::string variables_paragraph(const CommandSpec& command) {
  std::string text =
      "\nA variable can stand for an option: PRAXISYNC_LOG_LEVEL for --log-level; for a flag it is "
      "true or\nfalse. What is typed goes first. Not so --help and --version";
  for (const OptionSpec& option : command.options) {
    if (!option.typed_only.empty())
      text += fmt::format(",\nand --{}, because {}", option.name, option.typed_only);
  }
  return text + ".\n";
}

}  // namespace

std::string meaning(const OptionSpec& option) {
  std::string right = option.help + among(option.choices);
  if (option.occurs == Occurs::Often) right += "; may be repeated";
  if (!option.fallback.empty()) right += fmt::format(" (default: {})", option.fallback);
  return right;
}

std::string meaning(const PositionalSpec& positional) {
  return positional.help + among(positional.choices);
}

std::string help_text(const CommandSpec& command) {
  std::string out = fmt::format("praxisync {}: {}\n\nUsage: {}\n", command.name, command.summary,
                                usage_line(command));
  if (!command.usage.empty()) out += "\n" + command.usage + "\n";
  if (!command.positionals.empty()) out += positionals_block(command);
  if (!command.options.empty()) out += options_block("Options", command.options);
  out += options_block("Options of every command", shared_options(command));
  out += variables_paragraph(command);
  if (!command.examples.empty()) out += "\nExamples:\n";
  for (const Example& example : command.examples) {
    out += fmt::format("  {}\n      {}\n", example.command, example.meaning);
  }
  if (!command.exit_codes.empty()) out += exit_codes_block(command);
  return out;
}

std::string overview_text(const std::vector<CommandSpec>& commands) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const CommandSpec& command : commands) lines.emplace_back(command.name, command.summary);
  std::string out =
      "praxisync keeps an applicant tracking system and the Praxicraft Assess API in step.\n\n"
      "Usage: praxisync COMMAND [OPTIONS]\n\nCommands:\n" +
      two_columns(lines);
  out += options_block("Options of every command", global_options());
  return out +
         "\npraxisync COMMAND --help shows a command's own options, examples and exit codes.\n";
}

}  // namespace praxisync::cli
