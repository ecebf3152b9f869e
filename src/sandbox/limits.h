/// A limit of requests in any window of 3600 seconds. A request counts from the moment it was let
/// in until exactly an hour later; one that was refused does not count.
#pragma once

#include <deque>

#include "domain/time.h"

namespace praxisync::sandbox {

class RollingHour {
 public:
  /// 0: no limit.
  explicit RollingHour(int limit) : limit_(limit) {}

  enum class Verdict { LetIn, Refused };
  Verdict take(Timestamp now);

  bool limited() const { return limit_ > 0; }
  int limit() const { return limit_; }
  int remaining(Timestamp now) const;
  /// Until the next request can be let in; zero when one can be now.
  Milliseconds wait(Timestamp now) const;

 private:
  static constexpr Milliseconds kWindow = std::chrono::hours{1};

  int limit_;
  std::deque<Timestamp> taken_;  ///< at most `limit_` of them
};

}  // namespace praxisync::sandbox
