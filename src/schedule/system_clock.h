#pragma once

#include <atomic>

#include "domain/clock.h"

namespace praxisync::schedule {

/// The machine's clock. Its sleep ends early when the flag is set, and never lasts longer than it
/// would have if nobody had set the clock meanwhile.
class SystemClock final : public Clock {
 public:
  explicit SystemClock(const std::atomic<bool>* stop = nullptr) : stop_(stop) {}

  Timestamp now() const override;
  Uptime uptime() const override;
  void sleep_until(Timestamp at) override;

 private:
  const std::atomic<bool>* stop_;
};

}  // namespace praxisync::schedule
