#include "connectors/file/encoding.h"

#include <algorithm>
#include <string_view>

#include "domain/text.h"

namespace praxisync::file {
namespace {

Error convert(const std::string& name, std::string_view what, std::string_view from) {
  return Error{ErrorKind::Malformed,
               name + " is " + std::string(what) +
                   ", not UTF-8; export it as UTF-8 or convert it: iconv -f " + std::string(from) +
                   " -t utf-8 '" + name + "' > utf8-" + name};
}

bool is_high(char byte) { return static_cast<unsigned char>(byte) >= 0x80; }

/// The bytes of the character that starts at `at`, cut at the text's end, as its first byte has it.
std::size_t character_size(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
  return std::min(size, text.size() - at);
}

struct Characters {
  std::size_t proper = 0, broken = 0;  ///< beyond ASCII
};

/// A character that the end of `text` cuts short counts as neither.
Characters count_characters(std::string_view text) {
  Characters counts;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_high(text[at])) {
      ++at;
      continue;
    }
    const std::size_t size = character_size(text, at);
    if (is_utf8(text.substr(at, size))) {
      ++counts.proper;
      at += size;
    } else {
      if (text.size() - at >= 4) ++counts.broken;
      ++at;
    }
  }
  return counts;
}

}  // namespace

Result<void> check_encoding(Window& window, const std::string& name) {
  Result<bool> end = window.at_end();
  if (!end) return std::move(end).error();
  const std::string_view start = window.view().substr(0, kChunk);
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
    return convert(name, "UTF-16", "utf-16");
  }
  const auto zeros = static_cast<std::size_t>(std::count(start.begin(), start.end(), '\0'));
  if (zeros > start.size() / 4) {
    return convert(name, "UTF-16", start.front() == '\0' ? "utf-16be" : "utf-16le");
  }
  const std::string_view header = start.substr(0, start.find_first_of("\r\n"));
  const Characters counts = count_characters(start);
  if (counts.broken > 0 && (counts.proper == 0 || !is_utf8(header))) {
    return convert(name, "Latin-1 or the like", "latin1");
  }
  return {};
}

}  // namespace praxisync::file
