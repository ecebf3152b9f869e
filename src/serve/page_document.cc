#include "serve/page_document.h"

#include <string_view>

#include "domain/check.h"
#include "domain/markup.h"
#include "report/content_policy.h"
#include "report/html_assets.h"
#include "serve/page_assets.h"

namespace praxisync::serve {
namespace {

void fill(std::string& html, std::string_view place, std::string_view with) {
  const std::size_t at = html.find(place);
  PRAXISYNC_CHECK(at != std::string::npos, "page.html has a place for each part");
  html.replace(at, place.size(), with);
}

}  // namespace

PageDocument make_page_document(Door door) {
  const std::pair<std::string_view, std::string_view> scripts[] = {
      {"{{chart.js}}", kChartLibrary},
      {"{{page.js}}", kPageJs},
      {"{{charts.js}}", kChartsJs},
      {"{{overview.js}}", kOverviewJs},
      {"{{candidate.js}}", kCandidateJs}};
  PageDocument document{.html = std::string(kPageHtml), .policy = {}};
  std::string sources;
  // The licence first: what stands in another part is then no place for it.
  fill(document.html, "{{licence}}", escape_markup(kChartLicence));
  fill(document.html, "{{door}}", door == Door::Open ? "open" : "token");
  const std::string css = std::string(report::kPaletteCss) + std::string(kPageCss);
  fill(document.html, "{{page.css}}", css);
  for (const auto& [place, script] : scripts) {
    fill(document.html, place, script);
    sources += ' ' + report::policy_source(script);
  }
  document.policy = "default-src 'none'; script-src" + sources + "; style-src " +
                    report::policy_source(css) +
                    "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
                    "frame-ancestors 'none'";
  return document;
}

}  // namespace praxisync::serve
