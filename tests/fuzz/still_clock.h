#pragma once

#include "domain/clock.h"

namespace praxisync::fuzz {

/// Moves when somebody sleeps.
class StillClock final : public Clock {
 public:
  Timestamp now() const override { return now_; }
  Uptime uptime() const override { return {"boot", now_.time_since_epoch()}; }
  void sleep_until(Timestamp at) override { now_ = std::max(now_, at); }

 private:
  Timestamp now_{Milliseconds{1'767'600'000'000}};
};

}  // namespace praxisync::fuzz
