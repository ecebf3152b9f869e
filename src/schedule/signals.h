#pragma once

#include <atomic>

namespace praxisync::schedule {

class Wakeup;

/// From here on SIGTERM and SIGINT set the flag instead of ending the process; a second one ends it
/// at once, which the database survives. Call once, before any thread is started.
const std::atomic<bool>& watch_signals();

/// From here on SIGHUP sets the flag, and it and the signals above wake `wakeup`, which must
/// outlive the process's last signal. Whoever sees the flag takes it back. Call once.
std::atomic<bool>& watch_hangup(const Wakeup& wakeup);

}  // namespace praxisync::schedule
