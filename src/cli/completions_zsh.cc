#include <fmt/format.h>

#include "cli/completion_words.h"
#include "cli/completions.h"

namespace praxisync::cli {
namespace {

/// Where the word that was just completed decides how the rest is: from there on the rest is read
/// as a command line of its own.
constexpr std::string_view kZshDescend =
    "  words=($line[1] \"${words[@]}\")\n"
    "  (( CURRENT += 1 ))\n"
    "  curcontext=\"${curcontext%:*}-$line[1]:\"\n";

std::string zsh_word(std::string_view text) { return quoted(text, R"('\'')"); }

/// Text inside a specification, where some characters have a meaning.
std::string zsh_text(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// ":NAME:what completes it"
std::string zsh_value(std::string_view argument, const std::vector<std::string>& choices) {
  std::string action = " ";
  switch (offer_for(argument, choices)) {
    case Offer::Words:
      action = fmt::format("({})", fmt::join(choices, " "));
      break;
    case Offer::Files:
      action = "_files";
      break;
    case Offer::Folders:
      action = "_files -/";
      break;
    case Offer::Nothing:
      break;
  }
  return fmt::format(":{}:{}", zsh_text(argument, ":"), action);
}

std::string zsh_one_option(const OptionSpec& option) {
  const std::string help = "[" + zsh_text(option.help, "[]") + "]";
  const std::string after =
      option.argument.empty() ? "" : zsh_value(option.argument, option.choices);
  const std::string again = option.occurs == Occurs::Often ? "*" : "";
  const std::string equals = option.argument.empty() ? "" : "=";
  std::string lines =
      fmt::format(" \\\n    {}", zsh_word(again + "--" + option.name + equals + help + after));
  if (!option.shortcut.empty())
    lines += fmt::format(" \\\n    {}", zsh_word(again + "-" + option.shortcut + help + after));
  return lines;
}

std::string zsh_options_lines(const CommandSpec& command) {
  std::string lines;
  for (const OptionSpec& option : options_of(command)) lines += zsh_one_option(option);
  return lines;
}

std::string zsh_positional_lines(const CommandSpec& command) {
  std::string lines;
  for (const PositionalSpec& positional : command.positionals) {
    const std::string often = positional.occurs == Occurs::Often ? "*" : "";
    const std::string maybe = often.empty() && positional.presence == Presence::Optional ? ":" : "";
    lines += fmt::format(" \\\n    {}",
                         zsh_word(often + maybe + zsh_value(positional.name, positional.choices)));
  }
  return lines;
}

std::string zsh_function(std::string name) {
  for (char& c : name) {
    if (c == ' ' || c == '-') c = '_';
  }
  return "_praxisync__" + name;
}

std::string zsh_command_function(const CommandSpec& command) {
  return fmt::format("{}() {{\n  _arguments -s -S{}{}\n}}\n\n", zsh_function(command.name),
                     zsh_options_lines(command), zsh_positional_lines(command));
}

std::string zsh_choice(std::string_view word, std::string_view summary) {
  return fmt::format("    {}\n", zsh_word(zsh_text(word, ":") + ":" + std::string(summary)));
}

/// A function that offers words and goes on with the function that belongs to the word.
std::string zsh_words_function(std::string_view name, std::string_view options,
                               std::string_view choices, std::string_view branches) {
  return fmt::format(
      "{}() {{\n  local curcontext=\"$curcontext\" state line\n  typeset -A opt_args\n"
      "  local -a words_here=(\n{}  )\n"
      "  _arguments -C -s -S -A '-*'{} \\\n    '1:command:->word' \\\n    '*::: :->rest' && return 0\n"
      "  if [[ $state == word ]]; then\n    _describe -t commands command words_here\n    return\n"
      "  fi\n{}  case $line[1] in\n{}  esac\n}}\n\n",
      name, choices, options, kZshDescend, branches);
}

std::string zsh_branch(std::string_view word, const std::string& function) {
  return fmt::format("    {}) {} ;;\n", word, function);
}

std::string zsh_group_function(const FirstWord& first) {
  std::string choices, branches;
  for (const CommandSpec* command : first.followed) {
    choices += zsh_choice(second_word(*command), command->summary);
    branches += zsh_branch(second_word(*command), zsh_function(command->name));
  }
  return zsh_words_function(zsh_function(first.word), "", choices, branches);
}

}  // namespace

std::string zsh_completion(const std::vector<CommandSpec>& commands) {
  std::string functions, choices = zsh_choice("help", "the help of a command"), branches;
  for (const CommandSpec& command : commands) functions += zsh_command_function(command);
  for (const FirstWord& first : first_words(commands)) {
    if (!first.followed.empty()) functions += zsh_group_function(first);
    choices += zsh_choice(first.word, first.summary);
    branches += zsh_branch(first.word, zsh_function(first.word));
  }
  // `praxisync help NAME` completes as `praxisync NAME`.
  branches += zsh_branch("help", "_praxisync");
  return "#compdef praxisync\n# zsh completion for praxisync, made by: praxisync completions "
         "zsh\n\n" +
         functions + zsh_words_function("_praxisync", zsh_options_lines({}), choices, branches) +
         "_praxisync \"$@\"\n";
}

}  // namespace praxisync::cli
