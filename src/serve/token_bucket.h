#pragma once

#include <algorithm>
#include <optional>

#include "domain/time.h"

namespace praxisync::serve {

/// So many at once, and so many a second from then on. Pure: whoever uses it brings the time, which
/// must not be one that somebody sets. One thread at a time.
class TokenBucket {
 public:
  /// Both 1 or more.
  TokenBucket(int burst, int a_second) : burst_(burst), a_second_(a_second), left_(burst) {}

  /// Takes one; else how long until there is one.
  std::optional<Milliseconds> take(Milliseconds now) {
    if (now > since_) {
      const auto passed = static_cast<double>((now - since_).count()) / 1000.0;
      left_ = std::min<double>(burst_, left_ + passed * a_second_);
      since_ = now;
    }
    if (left_ >= 1) {
      left_ -= 1;
      return std::nullopt;
    }
    return Milliseconds{static_cast<Milliseconds::rep>((1 - left_) * 1000.0 / a_second_) + 1};
  }

 private:
  double burst_, a_second_, left_;
  Milliseconds since_{0};
};

}  // namespace praxisync::serve
