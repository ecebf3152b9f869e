#include "cli/completion_words.h"

#include <algorithm>

namespace praxisync::cli {

Offer offer_for(std::string_view argument, const std::vector<std::string>& choices) {
  if (!choices.empty()) return Offer::Words;
  if (argument == "FILE") return Offer::Files;
  return argument == "FOLDER" ? Offer::Folders : Offer::Nothing;
}

std::vector<FirstWord> first_words(const std::vector<CommandSpec>& commands) {
  std::vector<FirstWord> all;
  for (const CommandSpec& command : commands) {
    const std::string word = command.name.substr(0, command.name.find(' '));
    auto found = std::ranges::find(all, word, &FirstWord::word);
    if (found == all.end()) {
      all.push_back({.word = word, .summary = command.summary});
      found = all.end() - 1;
    }
    if (command.name == word) {
      found->alone = &command;
      found->summary = command.summary;
    } else {
      found->followed.push_back(&command);
      if (found->alone == nullptr && found->followed.size() > 1) found->summary.clear();
    }
  }
  for (FirstWord& first : all) {
    if (!first.summary.empty()) continue;
    for (const CommandSpec* command : first.followed)
      first.summary += (first.summary.empty() ? "" : ", ") + second_word(*command);
  }
  return all;
}

std::string second_word(const CommandSpec& command) {
  const auto space = command.name.find(' ');
  return space == std::string::npos ? "" : command.name.substr(space + 1);
}

std::string quoted(std::string_view text, std::string_view escaped_quote) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += escaped_quote;
    else
      out += c;
  }
  return out + "'";
}

}  // namespace praxisync::cli
