#pragma once

#include <string>
#include <string_view>

namespace praxisync::report {

/// `text` for between the tags and between the quotes of XML and HTML: markup as entities, and what
/// XML 1.0 has no place for (control characters but for line feed and tab, bytes that are no UTF-8,
/// U+FFFE and U+FFFF) as '?'. Characters that turn the direction of writing are '?' as well.
std::string xml_text(std::string_view text);

}  // namespace praxisync::report
