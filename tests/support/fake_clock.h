#pragma once

#include "domain/clock.h"

namespace praxisync::testing_support {

/// Moves when somebody sleeps or the test says so.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Timestamp start = Timestamp{Milliseconds{1'767'600'000'000}}) : now_(start) {}

  Timestamp now() const override { return now_; }
  Uptime uptime() const override { return {"boot-" + std::to_string(boot_), since_}; }
  void sleep_until(Timestamp at) override {
    if (at > now_) advance(at - now_);
  }
  void advance(Milliseconds span) {
    now_ += span;
    since_ += span;
  }
  /// Somebody sets the wall clock, by a span of either sign.
  void set_wall(Milliseconds by) { now_ += by; }
  void reboot() {
    ++boot_;
    since_ = Milliseconds{0};
  }

 private:
  Timestamp now_;
  Milliseconds since_{0};
  int boot_ = 1;
};

}  // namespace praxisync::testing_support
