#include "schedule/wakeup.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <system_error>

namespace praxisync::schedule {

Wakeup::Wakeup() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (event_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Wakeup::~Wakeup() { ::close(event_); }

void Wakeup::wake() const {
  const int kept = errno;
  constexpr std::uint64_t kOne = 1;
  [[maybe_unused]] const ssize_t written = ::write(event_, &kOne, sizeof kOne);
  errno = kept;
}

void Wakeup::wait_until(Timestamp at, const Clock& clock) const {
  constexpr Milliseconds kLook{60'000};
  while (true) {
    const Milliseconds left = std::min(at - clock.now(), kLook);
    if (left <= Milliseconds{0}) return;
    pollfd entry{event_, POLLIN, 0};
    if (::poll(&entry, 1, static_cast<int>(left.count())) > 0) break;
  }
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t cleared = ::read(event_, &count, sizeof count);
}

}  // namespace praxisync::schedule
