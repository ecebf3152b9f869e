#pragma once

#include <string>

#include "report/run_report.h"

namespace praxisync::report {

/// One file that shows the run to people: light or dark as their screen is, on paper too. It asks
/// the network for nothing and runs no script, which its own content security policy holds it to.
std::string html_report(const RunReport& report);

}  // namespace praxisync::report
