#pragma once

#include <atomic>

namespace praxisync::schedule {

/// From here on SIGTERM and SIGINT set the flag instead of ending the process; a second one ends it
/// at once, which the database survives. Call once, before any thread is started.
const std::atomic<bool>& watch_signals();

}  // namespace praxisync::schedule
