/// How much room text takes on a terminal: characters, not bytes; those of East Asia take two
/// columns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace praxisync::cli {

/// In columns. Bytes that are not UTF-8 count one each.
std::size_t display_width(std::string_view text);

/// `text`, or as much of it as leaves room for the "…" that then follows.
std::string fit(std::string_view text, std::size_t width);

/// On one line, without what could steer a terminal: see `printable`.
std::string one_line(std::string_view text);

}  // namespace praxisync::cli
