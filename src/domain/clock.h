#pragma once

#include "domain/time.h"

namespace praxisync {

/// The only source of time and the only way to wait. Tests and the simulator bring one that moves
/// when somebody sleeps. Used from the engine's thread alone.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp now() const = 0;
  /// May come back early when the program is told to stop: whoever waits looks at now() again.
  virtual void sleep_until(Timestamp at) = 0;
};

}  // namespace praxisync
