#include "sandbox/driven_clock.h"

namespace praxisync::sandbox {

Timestamp DrivenClock::now() const {
  return (base_ != nullptr ? base_->now() : frozen_) + Milliseconds{offset_.load()};
}

Uptime DrivenClock::uptime() const {
  const Uptime base = base_ != nullptr ? base_->uptime() : Uptime{};
  return {base.boot, base.since + Milliseconds{offset_.load()}};
}

void DrivenClock::sleep_until(Timestamp at) { advance(at - now()); }

void DrivenClock::advance(Milliseconds span) {
  if (span > Milliseconds{0}) offset_ += span.count();
}

}  // namespace praxisync::sandbox
