#include "schedule/time_zone.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "domain/text.h"

namespace praxisync::schedule {
namespace {

Error unknown_zone(std::string_view name, const std::vector<date::time_zone>& zones) {
  std::vector<std::string> known;
  for (const date::time_zone& zone : zones) known.push_back(zone.name());
  const std::string meant = did_you_mean(name, known);
  return {
      ErrorKind::Rejected,
      fmt::format("there is no time zone \"{}\"; {}", printable(name, 60),
                  meant.empty() ? "write it like \"Europe/Berlin\", \"America/New_York\" or \"UTC\""
                                : fmt::format("did you mean \"{}\"?", meant))};
}

Timestamp timestamp_of(date::sys_seconds at) { return Timestamp{at.time_since_epoch()}; }

}  // namespace

Result<TimeZone> TimeZone::find(std::string_view name) {
  if (name == "UTC") return utc();
  try {
    const std::vector<date::time_zone>& zones = date::get_tzdb().zones;
    const auto zone = std::ranges::find(zones, name, &date::time_zone::name);
    if (zone == zones.end()) return unknown_zone(name, zones);
    zone->get_info(date::sys_seconds{});  // reads its file, so that nothing fails later
    return TimeZone(std::string(name), &*zone);
  } catch (const std::runtime_error&) {
    return Error{ErrorKind::Fatal,
                 "the system's database of time zones cannot be read; install the package tzdata, "
                 "or use \"UTC\""};
  }
}

OffsetSpan TimeZone::span_at(Timestamp at) const {
  if (zone_ == nullptr) return {Timestamp::min(), Timestamp::max(), std::chrono::seconds{0}};
  const date::sys_info info = zone_->get_info(std::chrono::floor<std::chrono::seconds>(at));
  return {timestamp_of(info.begin), timestamp_of(info.end), info.offset};
}

}  // namespace praxisync::schedule
