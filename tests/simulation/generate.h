/// From a seed, a hostile world. Faults come as a swarm: each seed draws which kinds strike at all
/// and how hard, so that rare ones are not drowned by common ones.
#pragma once

#include "simulation/schedule.h"

namespace praxisync::simulation {

/// `attempts` counts from 0: each draws another world with more faults, should those of the one
/// before hardly have met anything.
Schedule generate(std::uint64_t seed, int attempts = 0);

}  // namespace praxisync::simulation
