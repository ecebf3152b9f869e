/// Reads `[schedule]` and the `schedule` of a connector, which falls back to it key by key.
#pragma once

#include <optional>

#include "config/document.h"
#include "schedule/timing.h"

namespace praxisync::config {

/// One table, as far as it could be read.
struct ScheduleKeys {
  bool timed = false;  ///< it has `cron` or `every`, right or wrong
  std::optional<schedule::Cron> cron;
  std::optional<Milliseconds> every;
  std::optional<schedule::TimeZone> zone;
  std::optional<Milliseconds> jitter;
  std::optional<schedule::Missed> missed;
  std::optional<Milliseconds> deadline;
};

/// `title` is how messages call the table.
ScheduleKeys read_schedule(const Node& table, const std::string& title, Findings& findings);

/// What a table leaves out, taken from another; `cron` and `every` stand for one another.
ScheduleKeys completed(ScheduleKeys own, const ScheduleKeys& usual);

/// nullopt where there is neither `cron` nor `every`.
std::optional<schedule::Timing> timing_of(const ScheduleKeys& keys);

}  // namespace praxisync::config
