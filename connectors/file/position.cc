#include "connectors/file/position.h"

#include <array>
#include <charconv>
#include <string_view>
#include <vector>

namespace praxisync::file {
namespace {

constexpr std::string_view kVersion = "v1";
constexpr std::size_t kParts = 13;
constexpr std::array<std::string_view, 3> kPhases = {"sweep", "tail", "done"};

std::string hex(std::uint64_t number) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
  return {digits.data(), end};
}

bool is_plain(unsigned char byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= 'a' && byte <= 'z') || byte == '.' || byte == '-' || byte == '_';
}

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain(byte)) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += kDigits[byte >> 4U];
      encoded += kDigits[byte & 0xFU];
    }
  }
  return encoded;
}

/// All of `text` as one number.
template <typename Number>
bool read_number(std::string_view text, Number& number, int base = 10) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return failed == std::errc() && end == text.data() + text.size() && !text.empty();
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    unsigned int byte = 0;
    if (text.size() - i < 3 || !read_number(text.substr(i + 1, 2), byte, 16)) return std::nullopt;
    decoded += static_cast<char>(byte);
    i += 2;
  }
  return decoded;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (parts.size() <= kParts) {
    const std::size_t end = text.find(';');
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

bool read_digest(std::string_view text, Digest& digest) {
  std::uint64_t state = 0;
  if (!read_number(text, state, 16)) return false;
  digest = Digest(state);
  return true;
}

std::optional<Phase> parse_phase(std::string_view text) {
  for (std::size_t i = 0; i < kPhases.size(); ++i) {
    if (text == kPhases[i]) return static_cast<Phase>(i);
  }
  return std::nullopt;
}

}  // namespace

Cursor Position::cursor() const {
  std::string text(kVersion);
  const std::array<std::string, kParts - 1> parts = {
      std::string(kPhases[static_cast<std::size_t>(phase)]),
      hex(layout),
      hex(earlier),
      percent_encoded(file),
      std::to_string(stamp.inode),
      std::to_string(stamp.size),
      std::to_string(stamp.modified_ns),
      std::to_string(mark.offset),
      std::to_string(mark.line),
      hex(mark.digest.value()),
      std::to_string(seen),
      hex(seen_digest.value())};
  for (const std::string& part : parts) (text += ';') += part;
  return Cursor(std::move(text));
}

std::optional<Position> Position::parse(const Cursor& cursor) {
  const std::vector<std::string_view> parts = split(cursor.text());
  if (parts.size() != kParts || parts[0] != kVersion) return std::nullopt;
  const std::optional<Phase> phase = parse_phase(parts[1]);
  std::optional<std::string> file = percent_decoded(parts[4]);
  Position position;
  const bool whole =
      phase && file && read_number(parts[2], position.layout, 16) &&
      read_number(parts[3], position.earlier, 16) && read_number(parts[5], position.stamp.inode) &&
      read_number(parts[6], position.stamp.size) &&
      read_number(parts[7], position.stamp.modified_ns) &&
      read_number(parts[8], position.mark.offset) && read_number(parts[9], position.mark.line) &&
      read_digest(parts[10], position.mark.digest) && read_number(parts[11], position.seen) &&
      read_digest(parts[12], position.seen_digest);
  if (!whole || position.mark.offset > position.seen) return std::nullopt;
  position.phase = *phase;
  position.file = *std::move(file);
  return position;
}

}  // namespace praxisync::file
