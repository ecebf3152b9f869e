/// From a seed, a hostile world. Faults come as a swarm: each seed draws which kinds strike at all
/// and how hard, so that rare ones are not drowned by common ones.
#pragma once

#include "simulation/schedule.h"

namespace praxisync::simulation {

Schedule generate(std::uint64_t seed);

}  // namespace praxisync::simulation
