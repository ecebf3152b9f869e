/// Writes CSV rows as RFC 4180 has them.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace praxisync::csv {

/// The cells as one row with its line end. A cell is put in quotes where it holds a quote, a
/// separator of any kind, a line end, or a space at an end.
std::string csv_row(std::span<const std::string> cells, char separator = ',',
                    std::string_view line_end = "\n");

/// `text` so that no spreadsheet takes it for a formula: with an apostrophe before it where it
/// starts with =, +, -, @, tab, CR or LF.
std::string without_formula(std::string_view text);

}  // namespace praxisync::csv
