#include "schedule/system_clock.h"

#include <algorithm>
#include <thread>

namespace praxisync::schedule {

Timestamp SystemClock::now() const {
  return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
}

void SystemClock::sleep_until(Timestamp at) {
  constexpr Milliseconds kLook{50};
  while (stop_ == nullptr || !stop_->load(std::memory_order_relaxed)) {
    const Milliseconds left = at - now();
    if (left <= Milliseconds{0}) return;
    std::this_thread::sleep_for(std::min(left, kLook));
  }
}

}  // namespace praxisync::schedule
