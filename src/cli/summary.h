/// A run's report as a person reads it.
#pragma once

#include <string>

#include "cli/terminal.h"
#include "report/request_totals.h"
#include "sync/plan.h"
#include "sync/run_report.h"

namespace praxisync::cli {

std::string summary(const sync::RunReport& report, const report::RequestTotals& requests,
                    const Terminal& terminal);
std::string summary(const sync::Plan& plan, std::size_t most_rows, const Terminal& terminal);

}  // namespace praxisync::cli
