#include "sandbox/limits.h"

#include <algorithm>

namespace praxisync::sandbox {

RollingHour::Verdict RollingHour::take(Timestamp now) {
  if (!limited()) return Verdict::LetIn;
  while (!taken_.empty() && taken_.front() + kWindow <= now) taken_.pop_front();
  if (taken_.size() >= static_cast<std::size_t>(limit_)) return Verdict::Refused;
  taken_.push_back(now);
  return Verdict::LetIn;
}

int RollingHour::remaining(Timestamp now) const {
  const auto first = std::upper_bound(taken_.begin(), taken_.end(), now - kWindow);
  return std::max(limit_ - static_cast<int>(taken_.end() - first), 0);
}

Milliseconds RollingHour::wait(Timestamp now) const {
  if (!limited() || remaining(now) > 0) return Milliseconds{0};
  return taken_.front() + kWindow - now;
}

}  // namespace praxisync::sandbox
