#pragma once

#include "http/transport.h"
#include "sandbox/ats/peer.h"
#include "sandbox/driven_clock.h"

namespace praxisync::sandbox::ats {

/// The orders that a played ATS takes below /__sandbox/: those of the Assess API's clock and
/// faults, and GET truth: what is in it and what API clients wrote.
http::Response control(Peer& peer, DrivenClock& clock, const http::Request& request);

}  // namespace praxisync::sandbox::ats
