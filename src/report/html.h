/// HTML put together from text: whatever is given as text is escaped, and nothing else is let in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace praxisync::report {

/// <tag class="style">text</tag>; no class where `style` is empty.
std::string element(std::string_view tag, std::string_view text, std::string_view style = {});

enum class Align { Left, Right };
struct Column {
  std::string name;
  Align align = Align::Left;
};
/// With the first cell of each row as its heading; narrow screens show each row as a card.
std::string html_table(std::string_view caption, const std::vector<Column>& columns,
                       const std::vector<std::vector<std::string>>& rows);

/// A card with a heading. `inside` is HTML.
std::string card(std::string_view title, std::string_view inside, std::string_view style = {});

/// What is shown when its summary is chosen, and always on paper. `inside` is HTML.
std::string folded(std::string_view summary, std::string_view inside);

}  // namespace praxisync::report
