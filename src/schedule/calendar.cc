#include "schedule/calendar.h"

#include <algorithm>

#include "domain/check.h"

namespace praxisync::schedule {
namespace {

using std::chrono::minutes;

/// No clocks were ever set back by more, nor do they differ from UTC by more.
constexpr std::chrono::hours kLongestRepeat{48};

using LocalTime = std::chrono::local_time<Milliseconds>;

LocalTime reading_at(Timestamp at, std::chrono::seconds offset) {
  return LocalTime{at.time_since_epoch() + offset};
}

}  // namespace

Calendar::Calendar(Milliseconds every, TimeZone zone) : rule_(every), zone_(std::move(zone)) {
  PRAXISYNC_CHECK(every > Milliseconds{0}, "whoever reads an interval checks that it is positive");
}

/// The first whole minute that the zone's clocks have not shown up to `after`.
LocalMinutes Calendar::first_unread(Timestamp after) const {
  OffsetSpan span = zone_.span_at(after);
  LocalMinutes first = std::chrono::floor<minutes>(reading_at(after, span.offset)) + minutes{1};
  while (span.begin > after - kLongestRepeat) {
    const Timestamp end = span.begin;
    span = zone_.span_at(end - Milliseconds{1});
    first = std::max(first, std::chrono::ceil<minutes>(reading_at(end, span.offset)));
  }
  return first;
}

/// When the clocks first reach or pass a reading that they have not shown up to `after`.
Timestamp Calendar::first_showing(LocalMinutes reading, Timestamp after) const {
  const Timestamp in_utc{reading.time_since_epoch()};
  OffsetSpan span = zone_.span_at(std::max(after, in_utc - kLongestRepeat));
  while (in_utc - span.offset >= span.end) span = zone_.span_at(span.end);
  return std::max(in_utc - span.offset, span.begin);
}

Timestamp Calendar::next(Timestamp after) const {
  if (const auto* every = std::get_if<Milliseconds>(&rule_)) {
    const Milliseconds since = after.time_since_epoch();
    const Milliseconds rest = (since % *every + *every) % *every;
    return after - rest + *every;
  }
  return first_showing(std::get<Cron>(rule_).first_from(first_unread(after)), after);
}

std::optional<Timestamp> Calendar::latest(Timestamp at) const {
  Milliseconds reach = minutes{1};
  while (next(at - reach) > at) {
    if (at - reach < Timestamp{}) return std::nullopt;
    reach *= 2;
  }
  Timestamp low = next(at - reach), high = at;  // nothing comes between high and at
  while (true) {
    const Timestamp following = next(low);
    if (following > at) return low;
    low = following;
    const Timestamp middle = low + (high - low) / 2;
    if (const Timestamp later = next(middle); later <= at) {
      low = later;
    } else {
      high = middle;
    }
  }
}

std::string Calendar::text() const {
  if (const auto* every = std::get_if<Milliseconds>(&rule_))
    return "every " + format_duration(*every);
  return std::get<Cron>(rule_).text();
}

}  // namespace praxisync::schedule
