/// What must have come to pass once everything has healed and nothing is left to do.
#pragma once

#include "simulation/host.h"

namespace praxisync::simulation {

/// L1, L3 and L4 and what the database holds.
void check_liveness(const Universe& universe, store::Store& durable, Violations& found);

/// S16: every step that a screening ever made was allowed; notes each edge as reached.
void check_history(const Universe& universe, store::Store& durable, Violations& found,
                   Reached& reached);

/// What came of those whom no recruiter touched.
std::map<std::size_t, std::string> ends_of(const Universe& universe);

}  // namespace praxisync::simulation
