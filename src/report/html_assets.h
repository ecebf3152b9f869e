/// The files of src/report/style, as they were at build.
#pragma once

#include <string_view>

namespace praxisync::report {

/// The colours, light and dark, that the page of `serve` and the reports share.
extern const std::string_view kPaletteCss;
extern const std::string_view kReportCss;

}  // namespace praxisync::report
