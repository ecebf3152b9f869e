#pragma once

#include <string>

#include "domain/time.h"

namespace praxisync {

/// A moment on the machine's own stopwatch: nobody can set it, and it goes on while the machine
/// sleeps. Two of them compare only within one boot.
struct Uptime {
  std::string boot;      ///< tells one start of the machine from the next
  Milliseconds since{};  ///< since then
};

/// The only source of time and the only way to wait. Tests and the simulator bring one that moves
/// when somebody sleeps. To wait is for the engine's thread alone; any thread may ask for the time.
class Clock {
 public:
  virtual ~Clock() = default;
  /// The wall clock: somebody may set it back or ahead at any time.
  virtual Timestamp now() const = 0;
  virtual Uptime uptime() const = 0;
  /// May come back early when the program is told to stop: whoever waits looks at now() again.
  virtual void sleep_until(Timestamp at) = 0;
};

}  // namespace praxisync
