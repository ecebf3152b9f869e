/// Makes a failing schedule small: takes away steps, people and knobs while it still breaks the
/// same invariant.
#pragma once

#include "simulation/schedule.h"

namespace praxisync::simulation {

/// `schedule` breaks some invariant; what comes back breaks the same.
Schedule shrink(Schedule schedule);

}  // namespace praxisync::simulation
