/// How a fleet's organisations ended, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "cli/fleet_runner.h"

namespace praxisync::cli {

/// The exit code of a fleet: that which asks most of people. From the least: 0, 4 and 6 (the next
/// run goes on), 3 and 7 (somebody has to look), 1, 5, 2.
int worst_exit_code(const std::vector<OrganisationEnd>& ends);

/// Whether the outputs are documents of runs, whose counts are shown.
enum class FleetCounts { None, Shown };

/// A line each, and one for all of them.
std::string fleet_table(const std::vector<OrganisationEnd>& ends, FleetCounts counts,
                        const Terminal& terminal);

/// {"fleet":{"exit_code","organisations":[{"name","exit_code","document"}]}}: `document` is what
/// that organisation's command has printed, null where that is nothing.
std::string fleet_document(const std::vector<OrganisationEnd>& ends);

}  // namespace praxisync::cli
