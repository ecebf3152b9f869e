/// What the completions of all shells are made of. Used by them alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"

namespace praxisync::cli {

/// What a shell offers for a value.
enum class Offer { Nothing, Words, Files, Folders };

/// By what help calls the value, and what it is limited to.
Offer offer_for(std::string_view argument, const std::vector<std::string>& choices);

/// What may stand first on the command line: a command of one word, or the first word of several.
struct FirstWord {
  std::string word;
  std::string summary;
  const CommandSpec* alone = nullptr;          ///< the command that this word is; nullptr: none
  std::vector<const CommandSpec*> followed{};  ///< those of which it is the first of two words
};

/// In the commands' order, each word once. The pointers lead into `commands`.
std::vector<FirstWord> first_words(const std::vector<CommandSpec>& commands);

/// "pause" of "schedule pause".
std::string second_word(const CommandSpec& command);

/// As one word of bash, zsh or fish, within single quotes. `escapes`: how a quote is written
/// inside.
std::string quoted(std::string_view text, std::string_view escaped_quote);

}  // namespace praxisync::cli
