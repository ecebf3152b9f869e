/// The signed deliveries by which an ATS tells of what somebody did there, as the pages of its
/// vendor have them; see read_webhook of each connector.
#pragma once

#include <optional>
#include <string>

#include "http/transport.h"
#include "simulation/universe.h"

namespace praxisync::simulation {

/// What that account signs with.
std::string hook_secret_of(const Ats& ats);

/// nullopt: that kind of ATS tells of nothing. `number` is its own in the world.
std::optional<http::Request> event_of(const Ats& ats, Act act, int number, Timestamp at);

/// Another's copy of a delivery, with one byte of it changed: in what is signed, or in the
/// signature. `place` says which, and may be any number.
http::Request forged(http::Request delivery, int place);

}  // namespace praxisync::simulation
