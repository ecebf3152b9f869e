#include "schedule/system_clock.h"

#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <thread>

namespace praxisync::schedule {
namespace {

/// Where the system does not tell, each process is a boot of its own.
std::string boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  std::getline(file, id);
  if (!id.empty()) return id;
  const auto start = std::chrono::system_clock::now().time_since_epoch();
  return "process " + std::to_string(::getpid()) + " of " + std::to_string(start.count());
}

}  // namespace

Timestamp SystemClock::now() const {
  return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
}

Uptime SystemClock::uptime() const {
  static const std::string boot = boot_id();
  timespec at{};
  clock_gettime(CLOCK_BOOTTIME, &at);
  return {boot, std::chrono::duration_cast<Milliseconds>(std::chrono::seconds{at.tv_sec} +
                                                         std::chrono::nanoseconds{at.tv_nsec})};
}

void SystemClock::sleep_until(Timestamp at) {
  constexpr Milliseconds kLook{50};
  // By the stopwatch too, in case the clock is set back meanwhile: a millisecond more, as both are
  // rounded down, and whoever wakes too early finds that it is not time yet.
  const Milliseconds span = at - now() + Milliseconds{1}, start = uptime().since;
  while (stop_ == nullptr || !stop_->load(std::memory_order_relaxed)) {
    const Milliseconds left = std::min(at - now(), span - (uptime().since - start));
    if (left <= Milliseconds{0}) return;
    std::this_thread::sleep_for(std::min(left, kLook));
  }
}

}  // namespace praxisync::schedule
