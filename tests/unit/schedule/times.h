/// Times and calendars as the tests of schedules write them.
#pragma once

#include <string>
#include <string_view>

#include "schedule/calendar.h"

namespace praxisync::schedule {

inline Timestamp at(std::string_view text) { return parse_timestamp(text).value(); }

inline Calendar cron_in(const std::string& zone, const std::string& cron) {
  return {Cron::parse(cron).value(), TimeZone::find(zone).value()};
}

}  // namespace praxisync::schedule
