/// The files of src/serve/page, and Debian's chart library with its licence, as they were at build.
#pragma once

#include <string_view>

namespace praxisync::serve {

extern const std::string_view kPageHtml, kPageCss, kPageJs, kOverviewJs, kChartsJs, kCandidateJs;
extern const std::string_view kChartLibrary, kChartLicence;

}  // namespace praxisync::serve
