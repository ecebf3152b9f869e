/// When a schedule comes round: a cron expression in a time zone, or a fixed interval. An
/// *occurrence* is the instant for which a run is planned, in UTC. Pure.
///
/// Cron and the clocks of a zone: a reading comes when the zone's clocks first reach or pass it. So
/// what falls into a skipped hour comes once, at the moment after the gap, and a repeated hour
/// counts the first time alone. An interval knows no zone: its occurrences are the multiples of it
/// since 1970 UTC, so it neither drifts nor begins anew with a process.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "schedule/cron.h"
#include "schedule/time_zone.h"

namespace praxisync::schedule {

class Calendar {
 public:
  Calendar(Cron cron, TimeZone zone) : rule_(std::move(cron)), zone_(std::move(zone)) {}
  /// `every` is positive; `zone` is for people alone.
  Calendar(Milliseconds every, TimeZone zone);

  /// The first occurrence after that instant.
  Timestamp next(Timestamp after) const;
  /// The last occurrence up to that instant, itself included; nullopt: none since 1970.
  std::optional<Timestamp> latest(Timestamp at) const;

  const TimeZone& zone() const { return zone_; }
  /// "*/15 7-19 * * 1-5", "every 15 min".
  std::string text() const;

  friend bool operator==(const Calendar&, const Calendar&) = default;

 private:
  LocalMinutes first_unread(Timestamp after) const;
  Timestamp first_showing(LocalMinutes reading, Timestamp after) const;

  std::variant<Cron, Milliseconds> rule_;
  TimeZone zone_;
};

}  // namespace praxisync::schedule
