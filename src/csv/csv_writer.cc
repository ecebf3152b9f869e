#include "csv/csv_writer.h"

namespace praxisync::csv {
namespace {

bool needs_quotes(std::string_view text) {
  return text.find_first_of("\",;\t\r\n") != std::string_view::npos || text.starts_with(' ') ||
         text.ends_with(' ');
}

void append_cell(std::string& row, std::string_view text) {
  if (!needs_quotes(text)) {
    row += text;
    return;
  }
  row += '"';
  for (const char byte : text) {
    if (byte == '"') row += '"';
    row += byte;
  }
  row += '"';
}

}  // namespace

std::string csv_row(std::span<const std::string> cells, char separator, std::string_view line_end) {
  std::string row;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) row += separator;
    append_cell(row, cells[i]);
  }
  if (row.empty()) row = "\"\"";  // one empty cell: an empty line would be no row
  row += line_end;
  return row;
}

std::string without_formula(std::string_view text) {
  const bool risky =
      !text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos;
  return (risky ? "'" : "") + std::string(text);
}

}  // namespace praxisync::csv
