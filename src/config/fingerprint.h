#pragma once

#include <string>

#include "config/config.h"

namespace praxisync::config {

/// Of what decides whom a run contacts and what it writes: routes, connectors and the address of
/// the Assess API; no secret goes into it. Another fingerprint: a saved plan no longer holds.
std::string fingerprint_of(const Config& config);

}  // namespace praxisync::config
