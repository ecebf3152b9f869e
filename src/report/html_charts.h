/// Charts as inline SVG, in sizes relative to where they stand: they need no script, fit any width
/// and print. Each says its gist to who cannot see it; the numbers stand in a table beside it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace praxisync::report {

struct Bar {
  std::string label;
  long long value = 0;
  std::string note{};   ///< beside the number
  std::string style{};  ///< a class of report.css: "good", "warn", "bad", "quiet"
  std::string shown{};  ///< in the number's place; empty: the number
};

/// One below the other, each as long as its share of `most`.
std::string bars(const std::vector<Bar>& rows, long long most);

struct Pillar {
  std::string label;
  long long value = 0;
};

/// One beside the other, the highest as high as there is room.
std::string pillars(std::string_view gist, const std::vector<Pillar>& all);

}  // namespace praxisync::report
