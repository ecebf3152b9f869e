/// Tables for people: columns aligned with two spaces between them, and no lines drawn.
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"

namespace praxisync::cli {

enum class Align { Left, Right };

struct Column {
  std::string title;
  Align align = Align::Left;
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// Missing cells are empty; line breaks and control characters in a cell are not shown.
  void add(std::vector<std::string> cells);

  /// Header and rows, each with a line break. Where the terminal is too narrow, the widest columns
  /// that are aligned left are cut with "…", down to eight columns each; numbers are never cut.
  std::string render(const Terminal& terminal) const;

  bool empty() const { return rows_.empty(); }

 private:
  std::vector<std::size_t> widths(std::size_t limit) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace praxisync::cli
