#include "schedule/cron.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/result_matchers.h"

namespace praxisync::schedule {
namespace {

using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

/// "2026-11-22 09:05", whatever the zone.
LocalMinutes local(std::string_view text) {
  const auto at = parse_timestamp(text);
  return LocalMinutes{std::chrono::floor<std::chrono::minutes>(at.value().time_since_epoch())};
}

std::string shown(LocalMinutes at) {
  return format_timestamp(Timestamp{at.time_since_epoch()}).substr(0, 16);
}

struct NextCase {
  std::string name, cron, from, want;
};
void PrintTo(const NextCase& row, std::ostream* out) { *out << row.name; }

class CronNext : public testing::TestWithParam<NextCase> {};

TEST_P(CronNext, IsTheFirstReadingThatItNames) {
  const Result<Cron> cron = Cron::parse(GetParam().cron);
  ASSERT_THAT(cron, IsOk());

  EXPECT_EQ(shown(cron->first_from(local(GetParam().from))), GetParam().want);
}

// 2026-11-22 is a Sunday.
INSTANTIATE_TEST_SUITE_P(
    Table, CronNext,
    testing::Values(
        NextCase{"TheMinuteItself", "*/15 * * * *", "2026-11-22 09:15", "2026-11-22T09:15"},
        NextCase{"NextStep", "*/15 * * * *", "2026-11-22 09:16", "2026-11-22T09:30"},
        NextCase{"NextHour", "*/15 * * * *", "2026-11-22 09:46", "2026-11-22T10:00"},
        NextCase{"WorkingHours", "*/15 7-19 * * 1-5", "2026-11-20 19:46", "2026-11-23T07:00"},
        NextCase{"List", "5,10,50 8,20 * * *", "2026-11-22 08:51", "2026-11-22T20:05"},
        NextCase{"StepOfARange", "0 9-17/4 * * *", "2026-11-22 09:01", "2026-11-22T13:00"},
        NextCase{"StepsEndWithTheirRange", "0 9-17/4 * * *", "2026-11-22 17:01",
                 "2026-11-23T09:00"},
        NextCase{"ListOfRanges", "0 1-2,22-23/1 * * *", "2026-11-22 02:01", "2026-11-22T22:00"},
        NextCase{"Names", "0 6 * FEB tue", "2026-11-22 00:00", "2027-02-02T06:00"},
        NextCase{"RangeOfNames", "0 6 * jan-mar mon-WED", "2026-03-31 00:00", "2026-03-31T06:00"},
        NextCase{"SundayIsZero", "0 6 * * 0", "2026-11-22 00:00", "2026-11-22T06:00"},
        NextCase{"SundayIsSeven", "0 6 * * 7", "2026-11-22 00:00", "2026-11-22T06:00"},
        NextCase{"WeekEndsWithSunday", "0 6 * * fri-sun", "2026-11-22 00:00", "2026-11-22T06:00"},
        NextCase{"WeekBeginsWithSunday", "0 6 * * sun-mon", "2026-11-24 00:00", "2026-11-29T06:00"},
        NextCase{"FiveToSeven", "0 6 * * 5-7", "2026-11-22 06:01", "2026-11-27T06:00"},
        NextCase{"EitherDayByWeekday", "0 0 13 * fri", "2026-11-22 00:00", "2026-11-27T00:00"},
        NextCase{"EitherDayByDate", "0 0 23 * fri", "2026-11-22 00:00", "2026-11-23T00:00"},
        NextCase{"BothDaysWhereOneIsAStar", "0 0 */2 * fri", "2026-11-22 00:00",
                 "2026-11-27T00:00"},
        NextCase{"BothDaysWhereTheOtherIsAStar", "0 0 13 * */5", "2026-11-22 00:00",
                 "2026-12-13T00:00"},
        NextCase{"LeapDay", "0 0 29 2 *", "2026-11-22 00:00", "2028-02-29T00:00"},
        NextCase{"LeapDayOverACentury", "0 0 29 2 *", "2096-03-01 00:00", "2104-02-29T00:00"},
        NextCase{"LeapDayOnASunday", "0 0 29 2 */6", "2028-03-01 00:00", "2032-02-29T00:00"},
        NextCase{"ThirtyFirstSkipsShortMonths", "0 0 31 * *", "2026-09-01 00:00",
                 "2026-10-31T00:00"},
        NextCase{"ThirtiethOfFebruaryOrAMonday", "0 0 30 2 mon", "2026-11-22 00:00",
                 "2027-02-01T00:00"},
        NextCase{"YearEnd", "59 23 31 12 *", "2026-12-31 23:59", "2026-12-31T23:59"},
        NextCase{"OverTheYearEnd", "0 0 1 1 *", "2026-12-31 23:59", "2027-01-01T00:00"},
        NextCase{"Hourly", "@hourly", "2026-11-22 09:01", "2026-11-22T10:00"},
        NextCase{"Daily", "@daily", "2026-11-22 09:01", "2026-11-23T00:00"},
        NextCase{"Midnight", "@Midnight", "2026-11-22 09:01", "2026-11-23T00:00"},
        NextCase{"Weekly", "@weekly", "2026-11-22 09:01", "2026-11-29T00:00"},
        NextCase{"Monthly", "@monthly", "2026-11-22 09:01", "2026-12-01T00:00"},
        NextCase{"Yearly", "@yearly", "2026-11-22 09:01", "2027-01-01T00:00"},
        NextCase{"Annually", "@annually", "2026-11-22 09:01", "2027-01-01T00:00"},
        NextCase{"SpaceAnywhere", "  0\t6  * * *  ", "2026-11-22 09:01", "2026-11-23T06:00"}),
    [](const auto& row) { return row.param.name; });

struct RefusedCase {
  std::string name, cron, says;
};
void PrintTo(const RefusedCase& row, std::ostream* out) { *out << row.name; }

class CronRefused : public testing::TestWithParam<RefusedCase> {};

TEST_P(CronRefused, SaysWhichFieldAndHowToMendIt) {
  const Result<Cron> cron = Cron::parse(GetParam().cron);

  EXPECT_THAT(cron, FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(cron, FailsSaying(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    Table, CronRefused,
    testing::Values(
        RefusedCase{"Empty", "", "it has 0 fields; write five"},
        RefusedCase{"FourFields", "* * * *", "it has 4 fields; write five"},
        RefusedCase{"Seconds", "0 * * * * *", "it has 6 fields; write five"},
        RefusedCase{"MinuteTooLarge", "60 * * * *", "minute \"60\" cannot be read; write 0 to 59"},
        RefusedCase{"HourTooLarge", "0 24 * * *", "hour \"24\" cannot be read; write 0 to 23"},
        RefusedCase{"DayZero", "0 0 0 * *", "day of the month \"0\" cannot be read; write 1 to 31"},
        RefusedCase{"MonthTooLarge", "0 0 * 13 *",
                    "month \"13\" cannot be read; write 1 to 12, or "
                    "jan to dec"},
        RefusedCase{"WeekdayTooLarge", "0 0 * * 8",
                    "day of the week \"8\" cannot be read; write 0 to 7, or sun to sat"},
        RefusedCase{"UnknownName", "0 0 * * monday", "day of the week \"monday\""},
        RefusedCase{"NameOfAnotherField", "0 0 * mon *", "month \"mon\""},
        RefusedCase{"Negative", "-5 * * * *", "minute \"\""},
        RefusedCase{"Plus", "+5 * * * *", "minute \"+5\""},
        RefusedCase{"Overflow", "99999999999999999999 * * * *", "minute \"9999"},
        RefusedCase{"EmptyPart", "1,,2 * * * *", "minute \"\""},
        RefusedCase{"OpenRange", "5- * * * *", "minute \"\""},
        RefusedCase{"RangeDown", "0 22-2 * * *", "a range goes up: make two of it"},
        RefusedCase{"StepZero", "*/0 * * * *", "minute \"0\" cannot be read; a step is 1 to 59"},
        RefusedCase{"StepTooLong", "*/90 * * * *", "there is every = \"90m\""},
        RefusedCase{"StepOfNothing", "*/ * * * *", "minute \"\" cannot be read; a step is"},
        RefusedCase{"StepWithoutARange", "5/15 * * * *", "a step needs a range: 5-59/15"},
        RefusedCase{"QuestionMark", "0 0 ? * 1", "day of the month \"?\""},
        RefusedCase{"LastDay", "0 0 L * *", "day of the month \"L\""},
        RefusedCase{"Reboot", "@reboot", "\"@reboot\" is not known; there is @yearly"},
        RefusedCase{"ThirtiethOfFebruary", "0 0 30 2 *", "so it would never run"},
        RefusedCase{"ThirtyFirstOfShortMonths", "0 0 31 2,4,6,9,11 *", "so it would never run"},
        RefusedCase{"ThirtiethOfFebruaryOnADay", "0 0 30 2 */2", "so it would never run"}),
    [](const auto& row) { return row.param.name; });

TEST(Cron, KeepsItsTextWithoutSpaceAround) { EXPECT_EQ(Cron::parse(" @daily ")->text(), "@daily"); }

TEST(Cron, ErrorsAreSafeForATerminal) {
  const Result<Cron> cron = Cron::parse("\x1b[31m * * * *");

  ASSERT_FALSE(cron.has_value());
  EXPECT_EQ(cron.error().what.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace praxisync::schedule
