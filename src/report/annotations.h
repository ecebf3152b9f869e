/// A run as GitHub Actions takes it: commands on lines of their own for annotations, and values for
/// later steps. Counts and masked texts only, escaped so that no text becomes a command.
#pragma once

#include <string>
#include <vector>

#include "report/run_report.h"

namespace praxisync::report {

/// GitHub shows ten of a kind a step: what is more is summed up in the tenth.
inline constexpr std::size_t kMostAnnotations = 10;

/// `::error` for what failed, `::warning` for what needs a person and is known from before or waits
/// for a confirmation, `::notice` for a run that stopped in order. Each ends with a line feed.
std::string github_annotations(const RunReport& report);

/// `name=value` lines: run_id, exit_code, reason, and the run's counts by their names.
std::string github_outputs(const sync::RunReport& run);

/// An error of a command line or a config, where no run began.
std::string github_error(std::string_view title, std::string_view text);

}  // namespace praxisync::report
