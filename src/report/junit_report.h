#pragma once

#include <string>

#include "report/run_report.h"

namespace praxisync::report {

/// The run as JUnit XML: a suite for each group of checks.h. What failed stands in the body of
/// `failure` as well, as some readers show no attributes.
std::string junit_report(const RunReport& report);

}  // namespace praxisync::report
