#pragma once

#include <string>

#include "report/run_report.h"

namespace praxisync::report {

/// What GitHub takes as the summary of a step: a longer one is dropped whole.
inline constexpr std::size_t kLongestSummary = (std::size_t{1} << 20U) - 1024;

/// The run for a job's summary page or a merge request, `limit` bytes at most.
std::string markdown_report(const RunReport& report, std::size_t limit = kLongestSummary);

}  // namespace praxisync::report
