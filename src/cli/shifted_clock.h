#pragma once

#include "domain/clock.h"

namespace praxisync::cli {

/// A clock that is ahead of another by a fixed span: with it, praxisync keeps step with a sandbox
/// whose time was driven ahead (PRAXISYNC_CLOCK_AHEAD).
class ShiftedClock final : public Clock {
 public:
  ShiftedClock(Clock& base, Milliseconds ahead) : base_(base), ahead_(ahead) {}

  Timestamp now() const override { return base_.now() + ahead_; }
  Uptime uptime() const override {
    const Uptime base = base_.uptime();
    return {base.boot, base.since + ahead_};
  }
  void sleep_until(Timestamp at) override { base_.sleep_until(at - ahead_); }

 private:
  Clock& base_;
  Milliseconds ahead_;
};

}  // namespace praxisync::cli
