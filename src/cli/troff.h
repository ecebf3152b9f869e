/// The few man macros of troff that the manual pages need. Used by them alone. What `text` and
/// `name` are given as is plain text; every result is markup.
#pragma once

#include <string>
#include <string_view>

namespace praxisync::cli::troff {

std::string plain(std::string_view text);
std::string bold(std::string_view text);
std::string italic(std::string_view text);
/// "praxisync-sync(1)"
std::string reference(std::string_view name, int part);

std::string title(std::string_view name, int part, std::string_view version);
std::string section(std::string_view name);
std::string paragraph(std::string_view text);
/// A term with what it means, indented; both are markup.
std::string item(std::string_view term, std::string_view meaning);
/// One line of what is not to be filled.
std::string verbatim(std::string_view line);

}  // namespace praxisync::cli::troff
