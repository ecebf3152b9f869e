/// The schedules of a config as the scheduler and `status` take them.
#pragma once

#include <string>
#include <vector>

#include "config/config.h"
#include "schedule/prospect.h"

namespace praxisync::cli {

/// [schedule], for the connectors without one of their own, then those of the connectors.
std::vector<schedule::Plan> plans_of(const config::Config& config);

}  // namespace praxisync::cli
