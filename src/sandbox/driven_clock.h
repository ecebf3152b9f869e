/// A clock that can be driven ahead: of a sandbox whose candidates need days. Its offset may be
/// moved by one thread while others read.
#pragma once

#include <atomic>
#include <optional>

#include "domain/clock.h"

namespace praxisync::sandbox {

class DrivenClock final : public Clock {
 public:
  /// Runs with `base` (which outlives it), ahead of it by what it was driven.
  explicit DrivenClock(const Clock& base) : base_(&base) {}
  /// Stands still at `frozen`, but for being driven.
  explicit DrivenClock(Timestamp frozen) : frozen_(frozen) {}

  Timestamp now() const override;
  Uptime uptime() const override;
  /// Waits for nothing: drives itself there.
  void sleep_until(Timestamp at) override;
  /// A negative span is ignored.
  void advance(Milliseconds span);

 private:
  const Clock* base_ = nullptr;
  Timestamp frozen_{};
  std::atomic<Milliseconds::rep> offset_{0};
};

}  // namespace praxisync::sandbox
