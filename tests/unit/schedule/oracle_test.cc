// Calendars against an oracle that shares nothing with them: it walks minute by minute through
// years, reads the clock of the zone from the C library, and compares it with the sets of values
// that the expression was written from.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <time.h>

#include <set>

#include "domain/random.h"
#include "schedule/calendar.h"

namespace praxisync::schedule {
namespace {

constexpr std::int64_t kMinute = 60'000;

Timestamp in_minutes(std::int64_t minutes) { return Timestamp{Milliseconds{minutes * kMinute}}; }

/// What the zone's clocks show, for each minute of UTC, in minutes since 1970 by these clocks.
class Readings {
 public:
  Readings(const std::string& zone, std::int64_t first, std::int64_t last) : first_(first) {
    const char* before = ::getenv("TZ");
    const std::string kept = before == nullptr ? "" : before;
    ::setenv("TZ", zone.c_str(), 1);
    ::tzset();
    for (std::int64_t minute = first; minute < last; ++minute) {
      const time_t at = minute * 60;
      tm shown{};
      ::localtime_r(&at, &shown);
      shown_.push_back((at + shown.tm_gmtoff) / 60);
    }
    before == nullptr ? ::unsetenv("TZ") : ::setenv("TZ", kept.c_str(), 1);
    ::tzset();
  }

  std::int64_t first() const { return first_; }
  std::int64_t last() const { return first_ + static_cast<std::int64_t>(shown_.size()); }
  std::int64_t at(std::int64_t minute) const {
    return shown_[static_cast<std::size_t>(minute - first_)];
  }

 private:
  std::int64_t first_;
  std::vector<std::int64_t> shown_;
};

/// An expression as sets of values, and as text.
struct Expression {
  std::set<int> minutes, hours, days, months, weekdays;
  bool any_day = false, any_weekday = false;  ///< written as `*`
  std::string text;

  bool names(std::int64_t reading) const {
    if (!minutes.contains(static_cast<int>(reading % 60))) return false;
    if (!hours.contains(static_cast<int>(reading / 60 % 24))) return false;
    const time_t at = reading * 60;
    tm shown{};
    ::gmtime_r(&at, &shown);
    if (!months.contains(shown.tm_mon + 1)) return false;
    const bool day = days.contains(shown.tm_mday), weekday = weekdays.contains(shown.tm_wday);
    return any_day || any_weekday ? day && weekday : day || weekday;
  }
};

std::set<int> all_of(int least, int most) {
  std::set<int> values;
  for (int value = least; value <= most; ++value) values.insert(value);
  return values;
}

/// A few values between `least` and `most`, as a list.
std::set<int> some_of(Random& random, int least, int most, std::string& text) {
  std::set<int> values;
  const std::uint64_t number = 1 + random.below(4);
  for (std::uint64_t i = 0; i < number; ++i)
    values.insert(least +
                  static_cast<int>(random.below(static_cast<std::uint64_t>(most - least + 1))));
  text += fmt::format("{} ", fmt::join(values, ","));
  return values;
}

std::set<int> field_of(Random& random, int least, int most, std::string& text) {
  if (random.below(2) == 0) return some_of(random, least, most, text);
  text += "* ";
  return all_of(least, most);
}

Expression random_expression(Random& random) {
  Expression all;
  all.minutes = some_of(random, 0, 59, all.text);
  // Around the hours in which clocks change.
  all.hours =
      random.below(2) == 0 ? some_of(random, 0, 4, all.text) : field_of(random, 0, 23, all.text);
  all.any_day = random.below(3) != 0;
  all.days = all.any_day ? all_of(1, 31) : some_of(random, 1, 28, all.text);
  if (all.any_day) all.text += "* ";
  all.months = field_of(random, 1, 12, all.text);
  all.any_weekday = random.below(2) == 0;
  all.weekdays = all.any_weekday ? all_of(0, 6) : some_of(random, 0, 6, all.text);
  if (all.any_weekday) all.text += "* ";
  return all;
}

/// The minutes at which the clocks show for the first time, or have just jumped over, a reading
/// that the expression names.
std::vector<Timestamp> walk(const Expression& expression, const Readings& readings) {
  std::vector<Timestamp> found;
  std::int64_t highest = readings.at(readings.first());
  for (std::int64_t minute = readings.first() + 1; minute < readings.last(); ++minute) {
    bool comes = false;
    for (; highest < readings.at(minute); ++highest) comes |= expression.names(highest + 1);
    if (comes) found.push_back(in_minutes(minute));
  }
  return found;
}

std::vector<Timestamp> ask(const Calendar& calendar, const Readings& readings) {
  std::vector<Timestamp> found;
  Timestamp at = in_minutes(readings.first());
  while ((at = calendar.next(at)) < in_minutes(readings.last())) found.push_back(at);
  return found;
}

class Oracle : public testing::TestWithParam<std::string> {};

TEST_P(Oracle, AgreesMinuteByMinuteOverYears) {
  const std::int64_t first = parse_timestamp("2024-01-01")->time_since_epoch().count() / kMinute;
  const std::int64_t last = parse_timestamp("2027-01-01")->time_since_epoch().count() / kMinute;
  const Readings readings(GetParam(), first, last);
  const TimeZone zone = TimeZone::find(GetParam()).value();
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SeededRandom random(seed);
    const Expression expression = random_expression(random);
    SCOPED_TRACE(fmt::format("seed {}: {}", seed, expression.text));
    const Calendar calendar(Cron::parse(expression.text).value(), zone);

    const std::vector<Timestamp> walked = walk(expression, readings);

    ASSERT_EQ(ask(calendar, readings), walked);
    for (int i = 0; i < 500 && !walked.empty(); ++i) {
      const auto minute =
          static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(last - first)));
      const Timestamp asked = in_minutes(first + minute);
      const auto after = std::ranges::upper_bound(walked, asked);
      if (after == walked.begin() || after == walked.end()) continue;
      ASSERT_EQ(calendar.next(asked), *after);
      ASSERT_EQ(calendar.latest(asked), *std::prev(after));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Zones, Oracle,
                         testing::Values("Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
                                         "America/Santiago", "Africa/Casablanca", "Asia/Gaza",
                                         "Asia/Kathmandu", "Pacific/Chatham"),
                         [](const auto& row) {
                           std::string name = row.param;
                           std::erase_if(name, [](char c) { return c == '/' || c == '_'; });
                           return name;
                         });

}  // namespace
}  // namespace praxisync::schedule
