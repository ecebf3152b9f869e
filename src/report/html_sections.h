/// The parts of the page that html_report.h puts together, each as HTML; empty where there is
/// nothing to show.
#pragma once

#include <string>

#include "report/run_report.h"

namespace praxisync::report {

std::string outcome_section(const RunReport& report);
std::string attention_section(const RunReport& report);
std::string funnel_section(const RunReport& report);
std::string scores_section(const RunReport& report);
std::string times_section(const RunReport& report);
std::string requests_section(const RunReport& report);
std::string steps_section(const RunReport& report);
std::string evidence_section(const RunReport& report);
std::string blocked_section(const RunReport& report);
std::string dropped_section(const RunReport& report);

}  // namespace praxisync::report
