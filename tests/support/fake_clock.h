#pragma once

#include "domain/clock.h"

namespace praxisync::testing_support {

/// Moves when somebody sleeps or the test says so.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Timestamp start = Timestamp{Milliseconds{1'767'600'000'000}}) : now_(start) {}

  Timestamp now() const override { return now_; }
  void sleep_until(Timestamp at) override {
    if (at > now_) now_ = at;
  }
  void advance(Milliseconds span) { now_ += span; }

 private:
  Timestamp now_;
};

}  // namespace praxisync::testing_support
