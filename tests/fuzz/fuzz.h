/// What a fuzz target is: a function that takes bytes, does with them what the program would do,
/// and ends the process where a property does not hold. One file a target, with its corpus in
/// corpus/TARGET. clang's libFuzzer drives it in the `fuzz` preset (libfuzzer.cc); in all others a
/// test replays the corpus through it (replay.cc), so that no target can rot.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "domain/check.h"
#include "domain/text.h"

namespace praxisync::fuzz {

/// The target. What one call leaves behind must not change what a later one does.
void run(std::string_view input);

/// An input, taken apart from its front: texts by lines, so that a corpus can be read and written
/// by hand.
class Pieces {
 public:
  explicit Pieces(std::string_view input) : rest_(input) {}

  /// Up to the next LF, which is taken too; all there is where there is none.
  std::string_view line() {
    const std::string_view taken = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(taken.size() + 1, rest_.size()));
    return taken;
  }
  /// From one byte; 0 at the end.
  std::size_t below(std::size_t bound) {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte % bound;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

/// A secret that no input holds, whatever libFuzzer learns from what is compared: all of the input
/// is in it.
inline std::string secret_of(std::string_view name, std::string_view input) {
  std::string secret = std::string(name) + "-canary-";
  for (std::size_t left = std::hash<std::string_view>{}(input), i = 0; i < 12; ++i, left /= 26)
    secret += static_cast<char>('a' + left % 26);
  return secret;
}

/// What every text for people must be: nothing in it moves a cursor, hides or turns text round.
inline void check_shown(std::string_view text, std::size_t most) {
  PRAXISYNC_CHECK(text.size() <= most, "a text for people is bounded");
  PRAXISYNC_CHECK(printable(text, text.size()) == text, "a text for people can be printed");
}

}  // namespace praxisync::fuzz
