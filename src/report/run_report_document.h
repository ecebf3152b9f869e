#pragma once

#include <string>

#include "report/run_report.h"

namespace praxisync::report {

/// The document of the run (run_document.h) with what only a report gathers: `took_ms`, `routes`
/// with their funnel, scores and times, `attention`, `blocked`, `steps`, `budget`.
std::string run_report_document(const RunReport& report);

}  // namespace praxisync::report
