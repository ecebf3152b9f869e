/// Markdown as GitHub and GitLab show it, cut to a size on a row's edge. What comes from outside
/// stands in code spans alone: there it adds no link, no heading, no HTML and no mention.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace praxisync::report {

/// `text` as a code span that also fits a table: one line, cut to `limit` bytes, '|' shown as '¦'.
/// "–" where there is none.
std::string code(std::string_view text, std::size_t limit = 200);

class Markdown {
 public:
  /// `limit` in bytes holds for all of it, the note that something was left out included.
  explicit Markdown(std::size_t limit) : limit_(limit) {}

  /// A heading, a paragraph or a list, whole or not at all. Its record data is in code spans.
  void block(std::string_view text);
  /// As many rows as fit; the others, and `more` that are not among them, are counted below. A
  /// column whose name begins with '>' is one of numbers.
  void table(const std::vector<std::string>& head,
             const std::vector<std::vector<std::string>>& rows, std::size_t more = 0);

  std::string text() &&;

 private:
  bool fits(std::size_t more) const;

  std::string text_;
  std::size_t limit_;
  bool cut_ = false;
};

}  // namespace praxisync::report
