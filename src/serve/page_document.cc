#include "serve/page_document.h"

#include <charconv>
#include <string_view>

#include "domain/check.h"
#include "domain/digest.h"
#include "domain/markup.h"
#include "http/base64.h"
#include "serve/page_assets.h"

namespace praxisync::serve {
namespace {

std::string bytes_of(std::string_view digits) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < digits.size(); at += 2) {
    unsigned char byte = 0;
    std::from_chars(digits.data() + at, digits.data() + at + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

/// "'sha256-…'", as a policy names what may run.
std::string source_of(std::string_view text) {
  return " 'sha256-" + http::base64(bytes_of(sha256(text))) + "'";
}

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
  fill(document.html, "{{page.css}}", kPageCss);
  for (const auto& [place, script] : scripts) {
    fill(document.html, place, script);
    sources += source_of(script);
  }
  document.policy = "default-src 'none'; script-src" + sources + "; style-src" +
                    source_of(kPageCss) +
                    "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
                    "frame-ancestors 'none'";
  return document;
}

}  // namespace praxisync::serve
