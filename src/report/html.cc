#include "report/html.h"

#include <fmt/format.h>

#include "report/xml_text.h"

namespace praxisync::report {

std::string element(std::string_view tag, std::string_view text, std::string_view style) {
  const std::string named = style.empty() ? "" : fmt::format(" class=\"{}\"", style);
  return fmt::format("<{0}{1}>{2}</{0}>", tag, named, xml_text(text));
}

std::string html_table(std::string_view caption, const std::vector<Column>& columns,
                       const std::vector<std::vector<std::string>>& rows) {
  std::string html =
      fmt::format("<table class=\"stack\"><caption>{}</caption><thead><tr>", xml_text(caption));
  for (const Column& column : columns) {
    html += fmt::format("<th scope=\"col\"{}>{}</th>",
                        column.align == Align::Right ? " class=\"n\"" : "", xml_text(column.name));
  }
  html += "</tr></thead><tbody>\n";
  for (const auto& row : rows) {
    html += "<tr>";
    for (std::size_t i = 0; i < row.size() && i < columns.size(); ++i) {
      if (i == 0) {
        html += fmt::format("<th scope=\"row\">{}</th>", xml_text(row[i]));
        continue;
      }
      html += fmt::format("<td{} data-label=\"{}\">{}</td>",
                          columns[i].align == Align::Right ? " class=\"n\"" : "",
                          xml_text(columns[i].name), xml_text(row[i]));
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table>\n";
}

std::string card(std::string_view title, std::string_view inside, std::string_view style) {
  return fmt::format("<section class=\"card {}\"><h2>{}</h2>\n{}</section>\n", style,
                     xml_text(title), inside);
}

std::string folded(std::string_view summary, std::string_view inside) {
  return fmt::format("<details><summary>{}</summary>{}</details>\n", xml_text(summary), inside);
}

}  // namespace praxisync::report
