#include "schedule/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/schedule/times.h"

namespace praxisync::schedule {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAreArray;

std::vector<std::string> next_few(const Calendar& calendar, std::string_view after,
                                  std::size_t number) {
  std::vector<std::string> found;
  Timestamp last = at(after);
  while (found.size() < number) {
    last = calendar.next(last);
    found.push_back(format_timestamp(last));
  }
  return found;
}

struct ChangeCase {
  std::string name, zone, cron, after;
  std::vector<std::string> want;
};
void PrintTo(const ChangeCase& row, std::ostream* out) { *out << row.name; }

class ClockChange : public testing::TestWithParam<ChangeCase> {};

TEST_P(ClockChange, SkippedHoursComeOnceAndRepeatedOnesTheFirstTime) {
  const ChangeCase& row = GetParam();

  EXPECT_THAT(next_few(cron_in(row.zone, row.cron), row.after, row.want.size()),
              ElementsAreArray(row.want));
}

INSTANTIATE_TEST_SUITE_P(
    Table, ClockChange,
    testing::Values(
        // 2026-03-29 01:00Z: 02:00 becomes 03:00.
        ChangeCase{"SkippedHalfHour",
                   "Europe/Berlin",
                   "30 2 * * *",
                   "2026-03-27T12:00:00Z",
                   {"2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"}},
        ChangeCase{"SkippedQuartersComeOnce",
                   "Europe/Berlin",
                   "*/15 2 * * *",
                   "2026-03-28T01:40:00Z",
                   {"2026-03-28T01:45:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"}},
        ChangeCase{"SkippedAndTheHourAfterAreOne",
                   "Europe/Berlin",
                   "0 2,3 * * *",
                   "2026-03-28T12:00:00Z",
                   {"2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z", "2026-03-30T01:00:00Z"}},
        ChangeCase{"EveryHourOverTheGap",
                   "Europe/Berlin",
                   "@hourly",
                   "2026-03-28T23:00:00Z",
                   {"2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"}},
        // 2026-10-25 01:00Z: 03:00 becomes 02:00.
        ChangeCase{"RepeatedHalfHour",
                   "Europe/Berlin",
                   "30 2 * * *",
                   "2026-10-24T12:00:00Z",
                   {"2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"}},
        ChangeCase{"RepeatedQuartersComeOnce",
                   "Europe/Berlin",
                   "*/30 * * * *",
                   "2026-10-25T00:00:00Z",
                   {"2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z", "2026-10-25T02:30:00Z"}},
        ChangeCase{"AskedInTheRepeatedHour",
                   "Europe/Berlin",
                   "30 2 * * *",
                   "2026-10-25T01:15:00Z",
                   {"2026-10-26T01:30:00Z"}},
        ChangeCase{"EndOfTheRepeatedHour",
                   "Europe/Berlin",
                   "0 3 * * *",
                   "2026-10-25T00:59:00Z",
                   {"2026-10-25T02:00:00Z"}},
        // 2026-03-08 07:00Z and 2026-11-01 06:00Z.
        ChangeCase{"NewYorkSpring",
                   "America/New_York",
                   "30 2 * * *",
                   "2026-03-08T00:00:00Z",
                   {"2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z"}},
        ChangeCase{"NewYorkAutumn",
                   "America/New_York",
                   "30 1 * * *",
                   "2026-11-01T00:00:00Z",
                   {"2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"}},
        // Half an hour: 2026-04-04 15:00Z back, 2026-10-03 15:30Z ahead.
        ChangeCase{"LordHoweBack",
                   "Australia/Lord_Howe",
                   "45 1 * * *",
                   "2026-04-04T12:00:00Z",
                   {"2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z"}},
        ChangeCase{"LordHoweAhead",
                   "Australia/Lord_Howe",
                   "15 2 * * *",
                   "2026-10-03T12:00:00Z",
                   {"2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z"}},
        // Midnight itself is skipped: 2026-09-06 04:00Z in Chile.
        ChangeCase{"SantiagoHasNoMidnight",
                   "America/Santiago",
                   "0 0 * * *",
                   "2026-09-05T12:00:00Z",
                   {"2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z"}},
        // A whole day is skipped: 30 December 2011.
        ChangeCase{"ApiaSkipsADay",
                   "Pacific/Apia",
                   "0 12 * * *",
                   "2011-12-29T12:00:00Z",
                   {"2011-12-29T22:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T22:00:00Z"}},
        ChangeCase{"KathmanduHasQuarters",
                   "Asia/Kathmandu",
                   "0 6 * * *",
                   "2026-06-01T00:00:00Z",
                   {"2026-06-01T00:15:00Z", "2026-06-02T00:15:00Z"}},
        ChangeCase{"Utc",
                   "UTC",
                   "30 2 * * *",
                   "2026-03-29T00:00:00Z",
                   {"2026-03-29T02:30:00Z", "2026-03-30T02:30:00Z"}}),
    [](const auto& row) { return row.param.name; });

TEST(Calendar, NextIsAfterTheInstantToTheMillisecond) {
  const Calendar calendar = cron_in("UTC", "0 6 * * *");

  EXPECT_EQ(calendar.next(at("2026-11-22T05:59:59.999Z")), at("2026-11-22T06:00:00Z"));
  EXPECT_EQ(calendar.next(at("2026-11-22T06:00:00Z")), at("2026-11-23T06:00:00Z"));
}

TEST(Calendar, IntervalsAreMultiplesAndDoNotDrift) {
  const Calendar calendar(45min, TimeZone::utc());

  EXPECT_EQ(calendar.next(at("1970-01-01T00:00:00Z")), at("1970-01-01T00:45:00Z"));
  EXPECT_EQ(calendar.next(at("1970-01-01T00:44:59.999Z")), at("1970-01-01T00:45:00Z"));
  EXPECT_EQ(calendar.next(at("1970-01-02T00:00:01Z")), at("1970-01-02T00:45:00Z"));
  EXPECT_EQ(calendar.next(Timestamp{-1ms}), Timestamp{});
  EXPECT_EQ(calendar.text(), "every 45 min");
}

TEST(Calendar, LatestIsTheOneBeforeTheNext) {
  for (const Calendar& calendar :
       {cron_in("Europe/Berlin", "*/15 7-19 * * 1-5"), cron_in("Europe/Berlin", "30 2 * * *"),
        cron_in("America/New_York", "0 0 29 2 *"), Calendar(7h, TimeZone::utc()),
        Calendar(1s, TimeZone::utc())}) {
    Timestamp occurrence = calendar.next(at("2026-02-27T12:00:00Z"));
    for (int i = 0; i < 200; ++i) {
      const Timestamp next = calendar.next(occurrence);
      ASSERT_EQ(calendar.latest(occurrence), occurrence) << calendar.text();
      ASSERT_EQ(calendar.latest(next - 1ms), occurrence) << calendar.text();
      ASSERT_EQ(calendar.latest(occurrence + (next - occurrence) / 3), occurrence);
      occurrence = next;
    }
  }
}

TEST(Calendar, HasNoLatestBeforeTheFirst) {
  const Calendar calendar = cron_in("UTC", "0 0 29 2 *");

  EXPECT_EQ(calendar.latest(at("1972-02-28T00:00:00Z")), std::nullopt);
  EXPECT_EQ(calendar.latest(at("1972-02-29T00:00:00Z")), at("1972-02-29T00:00:00Z"));
}

}  // namespace
}  // namespace praxisync::schedule
