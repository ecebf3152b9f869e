#include "cli/terminal_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "domain/text.h"

namespace praxisync::cli {
namespace {

struct Span {
  std::uint32_t first, last;
};

// Combining marks, zero-width joiners and variation selectors.
constexpr std::array<Span, 7> kNoColumn{{{0x0300, 0x036f},
                                         {0x1ab0, 0x1aff},
                                         {0x1dc0, 0x1dff},
                                         {0x200b, 0x200f},
                                         {0x20d0, 0x20ff},
                                         {0xfe00, 0xfe0f},
                                         {0xfe20, 0xfe2f}}};

// The blocks that Unicode's EastAsianWidth gives W or F nearly throughout.
constexpr std::array<Span, 12> kTwoColumns{{{0x1100, 0x115f},
                                            {0x2e80, 0x303e},
                                            {0x3041, 0x33ff},
                                            {0x3400, 0x4dbf},
                                            {0x4e00, 0xa4cf},
                                            {0xac00, 0xd7a3},
                                            {0xf900, 0xfaff},
                                            {0xfe30, 0xfe6f},
                                            {0xff00, 0xff60},
                                            {0xffe0, 0xffe6},
                                            {0x1f300, 0x1faff},
                                            {0x20000, 0x3fffd}}};

template <std::size_t Count>
bool in_any(const std::array<Span, Count>& spans, std::uint32_t point) {
  return std::ranges::any_of(
      spans, [&](const Span& span) { return point >= span.first && point <= span.last; });
}

std::size_t columns_of(std::uint32_t point) {
  return in_any(kNoColumn, point) ? 0 : in_any(kTwoColumns, point) ? 2 : 1;
}

/// Takes one character from the front: its bytes and its columns.
struct Character {
  std::string_view bytes;
  std::size_t columns;
};

Character take(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  std::size_t size = first < 0xc0 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (size > text.size() || !is_utf8(text.substr(0, size))) size = 1;
  std::uint32_t point = size == 1 ? first : first & (0x7fU >> size);
  for (std::size_t i = 1; i < size; ++i) point = point << 6 | (byte(i) & 0x3fU);
  const Character character{text.substr(0, size), columns_of(point)};
  text.remove_prefix(size);
  return character;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) width += take(text).columns;
  return width;
}

std::string fit(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  std::string out;
  std::size_t used = 1;  // the "…"
  while (!text.empty()) {
    const Character next = take(text);
    if (used + next.columns > width) break;
    out += next.bytes;
    used += next.columns;
  }
  return out + "…";
}

std::string one_line(std::string_view text) { return printable(text, text.size()); }

}  // namespace praxisync::cli
