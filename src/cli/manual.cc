#include "cli/manual.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/troff.h"

namespace praxisync::cli {
namespace {

/// What a page of its own has besides the options: common to all commands, told once.
constexpr std::string_view kConfigFile = "praxisync.toml";

std::string page_name(const CommandSpec& command) {
  std::string name = "praxisync-" + command.name;
  std::ranges::replace(name, ' ', '-');
  return name;
}

std::string synopsis(const CommandSpec& command) {
  std::string line = troff::bold("praxisync " + command.name);
  for (const PositionalSpec& positional : command.positionals) {
    std::string word =
        troff::italic(positional.name) + (positional.occurs == Occurs::Often ? "..." : "");
    if (positional.presence == Presence::Optional) word = "[" + word + "]";
    line += " " + word;
  }
  return line + " [" + troff::italic("OPTIONS") + "]\n";
}

std::string option_item(const OptionSpec& option) {
  std::string name = option.shortcut.empty() ? "" : troff::bold("-" + option.shortcut) + ", ";
  name += troff::bold("--" + option.name);
  if (!option.argument.empty()) name += " " + troff::italic(option.argument);
  return troff::item(name, troff::plain(meaning(option)));
}

std::string option_items(const std::vector<OptionSpec>& options) {
  std::string items;
  for (const OptionSpec& option : options) items += option_item(option);
  return items;
}

std::string exit_status(const std::vector<ExitMeaning>& codes) {
  std::string text = troff::section("EXIT STATUS");
  for (const ExitMeaning& exit : codes)
    text += troff::item(troff::bold(std::to_string(exit.code)), troff::plain(exit.meaning));
  return text;
}

std::string see_also(const std::vector<std::string>& pages) {
  std::string list;
  for (const std::string& page : pages) list += (list.empty() ? "" : ", ") + page;
  return troff::section("SEE ALSO") + list + "\n";
}

std::string command_page(const CommandSpec& command, std::string_view version) {
  std::string text = troff::title(page_name(command), 1, version);
  text += troff::section("NAME") + troff::plain(page_name(command)) + " \\- " +
          troff::plain(command.summary) + "\n";
  text += troff::section("SYNOPSIS") + synopsis(command);
  text += troff::section("DESCRIPTION") +
          troff::paragraph(command.usage.empty() ? command.summary + "." : command.usage);
  if (!command.positionals.empty()) text += troff::section("ARGUMENTS");
  for (const PositionalSpec& positional : command.positionals)
    text += troff::item(troff::italic(positional.name), troff::plain(meaning(positional)));
  text += troff::section("OPTIONS") + option_items(options_of(command));
  if (!command.exit_codes.empty()) text += exit_status(command.exit_codes);
  if (!command.examples.empty()) text += troff::section("EXAMPLES");
  for (const Example& example : command.examples)
    text += troff::item(troff::bold(example.command), troff::plain(example.meaning));
  return text + see_also({troff::reference("praxisync", 1), troff::reference(kConfigFile, 5)});
}

/// The codes of all commands, each once: those who use a code mean the same by it.
std::vector<ExitMeaning> all_exit_codes(const std::vector<CommandSpec>& commands) {
  std::vector<ExitMeaning> all;
  for (const CommandSpec& command : commands) {
    for (const ExitMeaning& exit : command.exit_codes) {
      if (std::ranges::find(all, exit.code, &ExitMeaning::code) == all.end()) all.push_back(exit);
    }
  }
  std::ranges::sort(all, {}, &ExitMeaning::code);
  return all;
}

std::string section_of_variables() {
  return troff::section("ENVIRONMENT") +
         troff::paragraph(
             "Every option has a variable, PRAXISYNC_LOG_LEVEL for --log-level, but for those "
             "whose "
             "command's help says why not; for a flag it is true or false. "
             "PRAXISYNC_SECTION__KEY stands for a key of the config. What is typed goes first, "
             "then "
             "the environment, then the config.");
}

std::string overview_page(const std::vector<CommandSpec>& commands, std::string_view version) {
  const std::string purpose =
      "keeps an applicant tracking system and the Praxicraft Assess API in step";
  std::string text = troff::title("praxisync", 1, version);
  text += troff::section("NAME") + "praxisync \\- " + purpose + "\n";
  text += troff::section("SYNOPSIS") + troff::bold("praxisync") + " " + troff::italic("COMMAND") +
          " [" + troff::italic("OPTIONS") + "]\n";
  text += troff::section("DESCRIPTION") +
          troff::paragraph(
              "Recruiters move a candidate into a stage; praxisync invites that candidate to the "
              "right assessment or enrolls them in the right pipeline, follows them until they "
              "finish, and writes the outcome back where the recruiters work. Whatever stops it, "
              "the next run goes on where it was, invites nobody twice and loses nobody.");
  text += troff::section("COMMANDS");
  std::vector<std::string> pages;
  for (const CommandSpec& command : commands) {
    text += troff::item(troff::bold(command.name), troff::plain(command.summary));
    pages.push_back(troff::reference(page_name(command), 1));
  }
  text += troff::section("OPTIONS OF EVERY COMMAND") + option_items(global_options());
  text += section_of_variables();
  text += exit_status(all_exit_codes(commands));
  pages.push_back(troff::reference(kConfigFile, 5));
  return text + see_also(pages);
}

/// The example is the reference: its headings become sections, the rest stands as it is.
std::string config_page(std::string_view version, std::string_view config) {
  constexpr std::string_view kHeading = "# ---- ";
  std::string text = troff::title(kConfigFile, 5, version);
  text += troff::section("NAME") + troff::plain(kConfigFile) + " \\- the config of praxisync\n";
  text += troff::section("DESCRIPTION") + ".nf\n";
  while (!config.empty()) {
    const auto end = config.find('\n');
    const std::string_view line = config.substr(0, end);
    config.remove_prefix(end == std::string_view::npos ? config.size() : end + 1);
    if (line.starts_with(kHeading)) {
      const auto name =
          line.substr(kHeading.size(), line.find(" ---", kHeading.size()) - kHeading.size());
      text += ".fi\n" + troff::section(name) + ".nf\n";
    } else {
      text += troff::verbatim(line);
    }
  }
  return text + ".fi\n" +
         see_also({troff::reference("praxisync", 1), troff::reference("praxisync-doctor", 1)});
}

}  // namespace

std::vector<ManualPage> manual_pages(const std::vector<CommandSpec>& commands,
                                     std::string_view version, std::string_view config) {
  std::vector<ManualPage> pages{{"praxisync.1", overview_page(commands, version)}};
  for (const CommandSpec& command : commands)
    pages.push_back({page_name(command) + ".1", command_page(command, version)});
  pages.push_back({std::string(kConfigFile) + ".5", config_page(version, config)});
  return pages;
}

}  // namespace praxisync::cli
