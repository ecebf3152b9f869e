#include "cli/table.h"

#include <algorithm>
#include <numeric>

#include "cli/terminal_text.h"
#include "domain/check.h"

namespace praxisync::cli {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 8;
constexpr std::string_view kHeaderOn = "\x1b[1;4m";
constexpr std::string_view kHeaderOff = "\x1b[0m";

std::string padded(const std::string& cell, std::size_t width, Align align) {
  const std::string shown = fit(cell, width);
  const std::string space(width - display_width(shown), ' ');
  return align == Align::Right ? space + shown : shown + space;
}

void trim_right(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

}  // namespace

void Table::add(std::vector<std::string> cells) {
  PRAXISYNC_CHECK(cells.size() <= columns_.size(),
                  "a row has no more cells than there are columns");
  cells.resize(columns_.size());
  for (std::string& cell : cells) cell = one_line(cell);
  rows_.push_back(std::move(cells));
}

std::vector<std::size_t> Table::widths(std::size_t limit) const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = display_width(columns_[i].title);
    for (const auto& row : rows_) width = std::max(width, display_width(row[i]));
    widths.push_back(width);
  }
  if (limit == 0 || widths.empty()) return widths;
  std::size_t total =
      std::accumulate(widths.begin(), widths.end(), std::size_t{0}) + kGap * (widths.size() - 1);
  while (total > limit) {
    std::size_t* widest = nullptr;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const bool may_shrink = columns_[i].align == Align::Left && widths[i] > kNarrowest;
      if (may_shrink && (widest == nullptr || widths[i] > *widest)) widest = &widths[i];
    }
    if (widest == nullptr) break;
    --*widest;
    --total;
  }
  return widths;
}

std::string Table::render(const Terminal& terminal) const {
  const std::vector<std::size_t> width = widths(terminal.width);
  const bool colour = terminal.colour == Colour::On;
  std::string out;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (i > 0) out += std::string(kGap, ' ');
    const std::string title = padded(columns_[i].title, width[i], columns_[i].align);
    out += colour ? std::string(kHeaderOn) + title + std::string(kHeaderOff) : title;
  }
  trim_right(out);
  out += '\n';
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i > 0) line += std::string(kGap, ' ');
      line += padded(row[i], width[i], columns_[i].align);
    }
    trim_right(line);
    out += line + '\n';
  }
  return out;
}

}  // namespace praxisync::cli
