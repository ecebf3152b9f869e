#include "report/xml_text.h"

#include "domain/character.h"
#include "domain/markup.h"
#include "domain/text.h"

namespace praxisync::report {
namespace {

bool is_in_xml(std::uint32_t point) { return (point & 0xfffeU) != 0xfffeU; }

}  // namespace

std::string xml_text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Character next = first_character(text);
    const std::string_view bytes = text.substr(0, next.size);
    text.remove_prefix(next.size);
    if (bytes == "\n" || bytes == "\t") {
      out += bytes;
    } else if (bytes == "\"") {
      out += "&quot;";
    } else if (bytes == "'") {
      out += "&#39;";
    } else if (next.point != Character::kNone && !is_in_xml(next.point)) {
      out += '?';
    } else {
      out += escape_markup(printable(bytes, bytes.size()));
    }
  }
  return out;
}

}  // namespace praxisync::report
