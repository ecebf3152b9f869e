#pragma once

#include <atomic>
#include <optional>

#include "domain/clock.h"

namespace praxisync::sync {

enum class StopReason { Signal, Deadline };

/// Whether the run is to end in order: asked between any two steps. The flag is set by a signal
/// handler.
class Stop {
 public:
  explicit Stop(const Clock& clock) : clock_(clock) {}

  void watch(const std::atomic<bool>& signalled) { signalled_ = &signalled; }
  void end_at(Timestamp deadline) { deadline_ = deadline; }
  std::optional<Timestamp> deadline() const { return deadline_; }

  std::optional<StopReason> requested() const {
    if (signalled_ != nullptr && signalled_->load(std::memory_order_relaxed))
      return StopReason::Signal;
    if (deadline_ && clock_.now() >= *deadline_) return StopReason::Deadline;
    return std::nullopt;
  }

 private:
  const Clock& clock_;
  const std::atomic<bool>* signalled_ = nullptr;
  std::optional<Timestamp> deadline_;
};

}  // namespace praxisync::sync
