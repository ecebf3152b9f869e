#pragma once

#include <atomic>

#include "domain/clock.h"

namespace praxisync::schedule {

/// What a thread waits with that has nothing to do until a time, an event or a signal comes.
class Wakeup {
 public:
  Wakeup();
  ~Wakeup();
  Wakeup(const Wakeup&) = delete;
  Wakeup& operator=(const Wakeup&) = delete;

  /// Ends the wait that is under way, or else the next one. From any thread, and from a signal
  /// handler.
  void wake() const;
  /// Until the clock shows `at`; a clock that is set meanwhile is noticed within a minute.
  void wait_until(Timestamp at, const Clock& clock) const;

 private:
  int event_;
};

}  // namespace praxisync::schedule
