#include "domain/character.h"

namespace praxisync {
namespace {

/// Reads one UTF-8 character from the front; the number of its bytes, 0 where it is not
/// well-formed.
std::size_t decode(std::string_view text, std::uint32_t& point) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::uint32_t first = byte(0);
  if (first < 0x80) return point = first, 1;
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < size) return 0;
  point = first & (0x7fU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) return 0;
    point = point << 6 | (byte(i) & 0x3fU);
  }
  const bool overlong = (size == 3 && point < 0x800) || (size == 4 && point < 0x10000);
  const bool surrogate = point >= 0xd800 && point <= 0xdfff;
  return overlong || surrogate || point > 0x10ffff ? 0 : size;
}

}  // namespace

Character first_character(std::string_view text) {
  if (text.empty()) return {};
  std::uint32_t point = 0;
  const std::size_t size = decode(text, point);
  return size == 0 ? Character{Character::kNone, 1} : Character{point, size};
}

}  // namespace praxisync
