#include <fmt/format.h>

#include "cli/completion_words.h"
#include "cli/completions.h"

namespace praxisync::cli {
namespace {

/// How the script below reads the command line, and what it makes of the two tables above it.
constexpr std::string_view kBashReader = R"bash(
_praxisync_offer() {
  case $1 in
    @nothing) ;;
    @files)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$2")
      ;;
    @folders)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$2")
      ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2") ;;
  esac
}

_praxisync() {
  local current=${COMP_WORDS[COMP_CWORD]} command='' option='' word i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    option=''
    if [[ $word == -?* ]]; then
      _praxisync_values "$command" "$word" >/dev/null || continue
      option=$word
      # bash splits --option=value at the '='.
      [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
      ((i++))
    elif [[ -z $command && $word != help ]]; then
      command=$word
      if ((i + 1 < COMP_CWORD)) && _praxisync_options "$word ${COMP_WORDS[i + 1]}" >/dev/null; then
        ((i++))
        command+=" ${COMP_WORDS[i]}"
      fi
    fi
  done
  if ((i == COMP_CWORD)); then option=''; fi
  [[ $current == = ]] && current=''
  if [[ -n $option ]]; then
    _praxisync_offer "$(_praxisync_values "$command" "$option")" "$current"
  elif [[ $current == -* ]]; then
    _praxisync_offer "$(_praxisync_options "$command" || _praxisync_options '')" "$current"
  else
    _praxisync_offer "$(_praxisync_values "$command" '')" "$current"
  fi
}

complete -F _praxisync praxisync
)bash";

std::string bash_word(std::string_view text) { return quoted(text, R"('\'')"); }

std::string spaced(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

std::string offered(std::string_view argument, const std::vector<std::string>& choices) {
  switch (offer_for(argument, choices)) {
    case Offer::Words:
      return spaced(choices);
    case Offer::Files:
      return "@files";
    case Offer::Folders:
      return "@folders";
    case Offer::Nothing:
      break;
  }
  return "@nothing";
}

std::string bash_case(const std::string& pattern, const std::string& words) {
  return fmt::format("    {}) echo {} ;;\n", pattern, bash_word(words));
}

std::string bash_options_line(const CommandSpec& command) {
  std::vector<std::string> names;
  for (const OptionSpec& option : options_of(command)) names.push_back("--" + option.name);
  return bash_case(bash_word(command.name), spaced(names));
}

/// What follows each option of the command that takes a value.
std::string bash_values_lines(const CommandSpec& command) {
  std::string lines;
  for (const OptionSpec& option : options_of(command)) {
    if (option.argument.empty()) continue;
    std::string pattern = bash_word(command.name + " --" + option.name);
    if (!option.shortcut.empty())
      pattern += " | " + bash_word(command.name + " -" + option.shortcut);
    lines += bash_case(pattern, offered(option.argument, option.choices));
  }
  return lines;
}

/// What may follow the words of a command where no option stands before it.
std::string bash_arguments_line(const FirstWord& first) {
  std::vector<std::string> words;
  for (const CommandSpec* command : first.followed) words.push_back(second_word(*command));
  return bash_case(bash_word(first.word + " "), spaced(words));
}

std::string bash_arguments_line(const CommandSpec& command) {
  // Not which argument it is: the first that there is something to offer for stands for all.
  std::string words = "@nothing";
  for (const PositionalSpec& positional : command.positionals) {
    if (words == "@nothing") words = offered(positional.name, positional.choices);
  }
  return bash_case(bash_word(command.name + " "), words);
}

}  // namespace

std::string bash_completion(const std::vector<CommandSpec>& commands) {
  const CommandSpec none{};
  std::string options = bash_options_line(none), values = bash_values_lines(none);
  std::vector<std::string> first{"help"};
  for (const FirstWord& word : first_words(commands)) {
    first.push_back(word.word);
    if (!word.followed.empty()) values += bash_arguments_line(word);
  }
  for (const CommandSpec& command : commands) {
    options += bash_options_line(command);
    values += bash_values_lines(command) + bash_arguments_line(command);
  }
  return "# bash completion for praxisync, made by: praxisync completions bash\n\n"
         "# The options of a command.\n"
         "_praxisync_options() {\n  case $1 in\n" +
         options +
         "    *) return 1 ;;\n  esac\n}\n\n"
         "# What follows the option $2 of the command $1; with no option, what follows the "
         "command.\n"
         "_praxisync_values() {\n  case \"$1 $2\" in\n" +
         bash_case("' '", spaced(first)) + values + "    *) return 1 ;;\n  esac\n}\n" +
         std::string(kBashReader);
}

}  // namespace praxisync::cli
