/// One IANA time zone of the system's database. Only time_zone.cc knows the library behind it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "domain/result.h"
#include "domain/time.h"

namespace date {
class time_zone;
}

namespace praxisync::schedule {

/// From `begin` until before `end` the zone's clocks are ahead of UTC by `offset`.
struct OffsetSpan {
  Timestamp begin, end;
  std::chrono::seconds offset;
};

/// A small value. Daylight saving is known for as long as the system's database tells: until 2037.
class TimeZone {
 public:
  /// Needs no database.
  static TimeZone utc() { return TimeZone("UTC", nullptr); }
  /// By its name, such as "Europe/Berlin". Rejected, with the nearest name, where there is none
  /// like it; Fatal where the system has no database of time zones.
  static Result<TimeZone> find(std::string_view name);

  const std::string& name() const { return name_; }
  OffsetSpan span_at(Timestamp at) const;

  friend bool operator==(const TimeZone& a, const TimeZone& b) { return a.name_ == b.name_; }

 private:
  TimeZone(std::string name, const date::time_zone* zone) : name_(std::move(name)), zone_(zone) {}

  std::string name_;
  const date::time_zone* zone_;  ///< nullptr: UTC; else lives as long as the process
};

}  // namespace praxisync::schedule
