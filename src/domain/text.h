/// Small rules about text that several modules must agree on.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace praxisync {

/// Without space, tab, CR and LF at both ends.
std::string_view trim(std::string_view text);

/// Whether `c` is an ASCII digit.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// ASCII letters in lower case, all other bytes as they are.
std::string to_lower(std::string_view text);

/// Lower case, with runs of space, '-' and '_' made one '_': "Already invited" is
/// "already_invited".
std::string fold(std::string_view text);

/// Whether `text` is well-formed UTF-8 (no overlong forms, no surrogates).
bool is_utf8(std::string_view text);

/// Whether `text` matches `pattern`, where '*' stands for any run of characters and '?' for one;
/// ASCII case is ignored. A pattern without either is compared whole.
bool matches_glob(std::string_view pattern, std::string_view text);

/// The candidate nearest to `word` by edit distance, or empty when none is near enough to be meant.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

/// `text` with control, bidirectional and invalid bytes replaced by '?' and cut to `limit` bytes on
/// a character's edge: safe for a terminal and a log line.
std::string printable(std::string_view text, std::size_t limit);

}  // namespace praxisync
