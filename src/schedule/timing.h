#pragma once

#include <optional>

#include "schedule/calendar.h"

namespace praxisync::schedule {

/// What becomes of occurrences that nobody was there for, or that the schedule's own run covered.
enum class Missed {
  Once,  ///< caught up: one run for all of them
  Skip,  ///< given up: the next occurrence is the next run
};

/// How one schedule runs, as the config has it.
struct Timing {
  Calendar calendar;
  Milliseconds jitter{0};  ///< an occurrence begins up to that much later
  Missed missed = Missed::Once;
  std::optional<Milliseconds> deadline{};  ///< of a run; nullopt: none

  friend bool operator==(const Timing&, const Timing&) = default;
};

}  // namespace praxisync::schedule
