#include "report/html_charts.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/html.h"
#include "report/xml_text.h"

namespace praxisync::report {
namespace {

constexpr double kHeight = 96;  // of the highest pillar, in pixels
constexpr double kTop = 18;     // room for its number
constexpr double kBelow = 20;   // and for the labels

double percent(long long value, long long most) {
  if (most <= 0 || value <= 0) return 0;
  return std::min(100.0, 100.0 * static_cast<double>(value) / static_cast<double>(most));
}

}  // namespace

std::string bars(const std::vector<Bar>& rows, long long most) {
  std::string html = "<ul class=\"bars\">\n";
  for (const Bar& row : rows) {
    // Whatever is there shows at least a trace.
    const double width = row.value > 0 ? std::max(0.6, percent(row.value, most)) : 0;
    html += fmt::format(
        "<li>{}<svg class=\"bar {}\" aria-hidden=\"true\"><rect class=\"track\" width=\"100%\" "
        "height=\"100%\" rx=\"4\"/><rect class=\"fill\" width=\"{:.1f}%\" height=\"100%\" "
        "rx=\"4\"/></svg><b>{}</b>{}</li>\n",
        element("span", row.label), row.style, width,
        row.shown.empty() ? std::to_string(row.value) : xml_text(row.shown),
        element("small", row.note));
  }
  return html + "</ul>\n";
}

std::string pillars(std::string_view gist, const std::vector<Pillar>& all) {
  long long most = 0;
  for (const Pillar& pillar : all) most = std::max(most, pillar.value);
  std::string svg =
      fmt::format("<svg class=\"pillars\" role=\"img\" aria-label=\"{}\" height=\"{}\">\n",
                  xml_text(gist), kTop + kHeight + kBelow);
  const double share = 100.0 / static_cast<double>(std::max<std::size_t>(1, all.size()));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Pillar& pillar = all[i];
    const double left = share * static_cast<double>(i);
    const double height =
        pillar.value > 0 ? std::max(2.0, kHeight * percent(pillar.value, most) / 100) : 1.0;
    const double top = kTop + kHeight - height;
    svg += fmt::format(
        "<rect class=\"{}\" x=\"{:.2f}%\" y=\"{:.1f}\" width=\"{:.2f}%\" height=\"{:.1f}\" "
        "rx=\"{}\"/>",
        pillar.value > 0 ? "fill" : "track", left + share * 0.1, top, share * 0.8, height,
        height > 6 ? 3 : 0);
    const double middle = left + share / 2;
    if (pillar.value > 0) {
      svg += fmt::format("<text class=\"value\" x=\"{:.2f}%\" y=\"{:.1f}\">{}</text>", middle,
                         top - 5, pillar.value);
    }
    svg += fmt::format("<text x=\"{:.2f}%\" y=\"{:.1f}\">{}</text>\n", middle, kTop + kHeight + 15,
                       xml_text(pillar.label));
  }
  return svg + "</svg>\n";
}

}  // namespace praxisync::report
