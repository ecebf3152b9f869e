#include "sandbox/driven_clock.h"

namespace praxisync::sandbox {

Timestamp DrivenClock::now() const {
  return (base_ != nullptr ? base_->now() : frozen_) + Milliseconds{offset_.load()};
}

void DrivenClock::sleep_until(Timestamp at) { advance(at - now()); }

void DrivenClock::advance(Milliseconds span) {
  if (span > Milliseconds{0}) offset_ += span.count();
}

}  // namespace praxisync::sandbox
