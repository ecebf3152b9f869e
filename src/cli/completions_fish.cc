#include <fmt/format.h>

#include "cli/completion_words.h"
#include "cli/completions.h"

namespace praxisync::cli {
namespace {

/// "schedule pause" as soon as both words are there, else the first word; empty before it.
constexpr std::string_view kFishReader = R"fish(
function __praxisync_command
    set -l words (commandline -opc)
    set -e words[1]
    while set -q words[1]
        switch "$words[1]"
            case $__praxisync_valued
                set -e words[1]
            case help '-*'
            case '*'
                break
        end
        set -e words[1]
    end
    if contains -- "$words[1] $words[2]" $__praxisync_pairs
        echo "$words[1] $words[2]"
    else
        echo "$words[1]"
    end
end

function __praxisync_at
    test "$(__praxisync_command)" = "$argv[1]"
end

complete -c praxisync -f
)fish";

/// In fish a backslash means something within quotes as well.
std::string fish_word(std::string_view text) {
  std::string doubled;
  for (const char c : text) doubled += c == '\\' ? std::string("\\\\") : std::string(1, c);
  return quoted(doubled, R"(\')");
}

std::string fish_line(std::string_view command, std::string_view rest) {
  // The condition is a word of its own inside the line.
  return fmt::format("complete -c praxisync -n {} {}\n",
                     fish_word("__praxisync_at " + fish_word(command)), rest);
}

std::string fish_value(std::string_view argument, const std::vector<std::string>& choices) {
  switch (offer_for(argument, choices)) {
    case Offer::Words:
      return "-x -a " + fish_word(fmt::format("{}", fmt::join(choices, " ")));
    case Offer::Files:
      return "-r -F";
    case Offer::Folders:
      return "-x -a '(__fish_complete_directories)'";
    case Offer::Nothing:
      break;
  }
  return "-x";
}

std::string fish_option_lines(const CommandSpec& command) {
  std::string lines;
  for (const OptionSpec& option : options_of(command)) {
    std::string rest = "-l " + option.name;
    if (!option.shortcut.empty()) rest += " -s " + option.shortcut;
    if (!option.argument.empty()) rest += " " + fish_value(option.argument, option.choices);
    lines += fish_line(command.name, rest + " -d " + fish_word(option.help));
  }
  return lines;
}

std::string fish_positional_lines(const CommandSpec& command) {
  std::string lines;
  for (const PositionalSpec& positional : command.positionals) {
    switch (offer_for(positional.name, positional.choices)) {
      case Offer::Words:
        lines +=
            fish_line(command.name,
                      fmt::format("-a {} -d {}",
                                  fish_word(fmt::format("{}", fmt::join(positional.choices, " "))),
                                  fish_word(positional.name)));
        break;
      case Offer::Files:
        lines += fish_line(command.name, "-F");
        break;
      case Offer::Folders:
        lines += fish_line(command.name, "-a '(__fish_complete_directories)'");
        break;
      case Offer::Nothing:
        break;
    }
  }
  return lines;
}

std::string fish_word_line(std::string_view after, std::string_view word,
                           std::string_view summary) {
  return fish_line(after, fmt::format("-a {} -d {}", word, fish_word(summary)));
}

/// The options of every command that take the next word as their value.
std::string valued_options() {
  std::string names;
  for (const OptionSpec& option : global_options()) {
    if (option.argument.empty()) continue;
    names += " --" + option.name;
    if (!option.shortcut.empty()) names += " -" + option.shortcut;
  }
  return names;
}

}  // namespace

std::string fish_completion(const std::vector<CommandSpec>& commands) {
  std::string pairs, lines = fish_word_line("", "help", "the help of a command");
  for (const FirstWord& first : first_words(commands)) {
    lines += fish_word_line("", first.word, first.summary);
    for (const CommandSpec* command : first.followed) {
      pairs += " " + fish_word(command->name);
      lines += fish_word_line(first.word, second_word(*command), command->summary);
    }
  }
  lines += fish_option_lines({});
  for (const CommandSpec& command : commands)
    lines += fish_option_lines(command) + fish_positional_lines(command);
  return "# fish completion for praxisync, made by: praxisync completions fish\n\n"
         "set -g __praxisync_valued" +
         valued_options() + "\nset -g __praxisync_pairs" + pairs + "\n" + std::string(kFishReader) +
         "\n" + lines;
}

}  // namespace praxisync::cli
