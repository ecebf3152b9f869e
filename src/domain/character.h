/// UTF-8 read a character at a time, by whoever must look at each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace praxisync {

/// The first character of a text, or its first byte where that begins none.
struct Character {
  static constexpr std::uint32_t kNone = 0xffffffff;
  std::uint32_t point = kNone;  ///< in Unicode; kNone: a byte that is no well-formed UTF-8
  std::size_t size = 0;         ///< in bytes; 0 for an empty text
};

Character first_character(std::string_view text);

}  // namespace praxisync
