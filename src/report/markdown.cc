#include "report/markdown.h"

#include <fmt/format.h>

#include <algorithm>

#include "domain/text.h"

namespace praxisync::report {
namespace {

constexpr std::string_view kCut =
    "\n_Cut here: the rest would be too long for where this is shown._\n";
constexpr std::size_t kRoomForCount = 40;

std::size_t longest_run(std::string_view text, char of) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == of ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

std::string row_of(const std::vector<std::string>& cells) {
  return fmt::format("| {} |\n", fmt::join(cells, " | "));
}

}  // namespace

std::string code(std::string_view text, std::size_t limit) {
  const std::string whole = printable(trim(text), std::string::npos);
  std::string shown = printable(whole, limit);
  if (shown.size() < whole.size()) shown += "…";
  if (shown.empty()) return "–";
  // No backslash can stand before a pipe in a table's code span, so the pipe is another one.
  for (std::size_t at = shown.find('|'); at != std::string::npos; at = shown.find('|', at))
    shown.replace(at, 1, "¦");
  const std::string fence(longest_run(shown, '`') + 1, '`');
  return fence.size() == 1 ? fence + shown + fence : fence + ' ' + shown + ' ' + fence;
}

bool Markdown::fits(std::size_t more) const { return text_.size() + more + kCut.size() <= limit_; }

void Markdown::block(std::string_view text) {
  if (cut_ || !fits(text.size() + 2)) {
    cut_ = true;
    return;
  }
  text_ += text;
  text_ += "\n\n";
}

void Markdown::table(const std::vector<std::string>& head,
                     const std::vector<std::vector<std::string>>& rows, std::size_t more) {
  if (rows.empty() || cut_) return;
  std::vector<std::string> names, rules;
  for (const std::string& name : head) {
    const bool number = name.starts_with('>');
    names.push_back(name.substr(number ? 1 : 0));
    rules.emplace_back(number ? "---:" : "---");
  }
  std::string made = row_of(names) + row_of(rules);
  std::size_t shown = 0;
  for (; shown < rows.size(); ++shown) {
    const std::string row = row_of(rows[shown]);
    if (!fits(made.size() + row.size() + kRoomForCount)) break;
    made += row;
  }
  cut_ = shown < rows.size();
  if (shown == 0) return;
  more += rows.size() - shown;
  text_ += made;
  if (more > 0) text_ += fmt::format("\nand {} more\n", more);
  text_ += '\n';
}

std::string Markdown::text() && {
  if (cut_ && text_.size() + kCut.size() <= limit_) text_ += kCut;
  return std::move(text_);
}

}  // namespace praxisync::report
