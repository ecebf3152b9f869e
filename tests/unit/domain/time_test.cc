#include "domain/time.h"

#include <gtest/gtest.h>

#include <ostream>

namespace praxisync {
namespace {

using namespace std::chrono_literals;

/// Written from numbers, so that no test checks the reader against the writer.
Timestamp utc(int year, unsigned month, unsigned day, Milliseconds time = 0ms) {
  return std::chrono::sys_days{std::chrono::year{year} / static_cast<int>(month) /
                               static_cast<int>(day)} +
         time;
}

struct ReadCase {
  std::string name, text;
  std::optional<Timestamp> want;
};
void PrintTo(const ReadCase& row, std::ostream* out) { *out << row.name; }

class ParseTimestamp : public testing::TestWithParam<ReadCase> {};

TEST_P(ParseTimestamp, ReadsWhatIsIsoAndNothingElse) {
  EXPECT_EQ(parse_timestamp(GetParam().text), GetParam().want) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Accepted, ParseTimestamp,
    testing::Values(
        ReadCase{"Utc", "2026-11-21T08:15:00Z", utc(2026, 11, 21, 8h + 15min)},
        ReadCase{"SmallLetters", "2026-11-21t08:15:00z", utc(2026, 11, 21, 8h + 15min)},
        ReadCase{"Space", "2026-11-21 08:15:07", utc(2026, 11, 21, 8h + 15min + 7s)},
        ReadCase{"DateAlone", "2026-11-21", utc(2026, 11, 21)},
        ReadCase{"NoSeconds", "2026-11-21T08:15Z", utc(2026, 11, 21, 8h + 15min)},
        ReadCase{"NoOffsetIsUtc", "2026-11-21T08:15:00", utc(2026, 11, 21, 8h + 15min)},
        ReadCase{"East", "2026-11-21T08:15:00+02:00", utc(2026, 11, 21, 6h + 15min)},
        ReadCase{"EastWithoutColon", "2026-11-21T08:15:00+0200", utc(2026, 11, 21, 6h + 15min)},
        ReadCase{"WestOverMidnight", "2026-12-31T23:30:00-05:30", utc(2027, 1, 1, 5h)},
        ReadCase{"EastOverMidnight", "2027-01-01T00:30:00+01:00", utc(2026, 12, 31, 23h + 30min)},
        ReadCase{"OddOffset", "2026-11-21T08:15:00+05:45", utc(2026, 11, 21, 2h + 30min)},
        ReadCase{"Milliseconds", "2026-11-21T08:15:00.123Z", utc(2026, 11, 21, 8h + 15min + 123ms)},
        ReadCase{"Tenth", "2026-11-21T08:15:00.1Z", utc(2026, 11, 21, 8h + 15min + 100ms)},
        ReadCase{"Comma", "2026-11-21T08:15:00,25Z", utc(2026, 11, 21, 8h + 15min + 250ms)},
        ReadCase{"MicrosecondsRoundedDown", "2026-11-21T08:15:00.123999Z",
                 utc(2026, 11, 21, 8h + 15min + 123ms)},
        ReadCase{"ManyNinesStayInTheSecond",
                 "2026-11-21T08:15:59.999999999999999999999999999999999999Z",
                 utc(2026, 11, 21, 8h + 15min + 59s + 999ms)},
        ReadCase{"FractionWithOffset", "2026-11-21T08:15:00.5+01:00",
                 utc(2026, 11, 21, 7h + 15min + 500ms)},
        ReadCase{"LeapDay", "2028-02-29T00:00:00Z", utc(2028, 2, 29)},
        ReadCase{"LeapDayOfACentury", "2000-02-29", utc(2000, 2, 29)},
        ReadCase{"LeapSecond", "2016-12-31T23:59:60Z", utc(2017, 1, 1)},
        ReadCase{"First", "1970-01-01T00:00:00Z", Timestamp{}},
        ReadCase{"Last", "9999-12-31T23:59:59.999Z", utc(9999, 12, 31, 23h + 59min + 59s + 999ms)}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Refused, ParseTimestamp,
    testing::Values(
        ReadCase{"Empty", "", std::nullopt}, ReadCase{"Word", "yesterday", std::nullopt},
        ReadCase{"Number", "1767225600", std::nullopt},
        ReadCase{"German", "21.11.2026", std::nullopt},
        ReadCase{"American", "11/21/2026", std::nullopt},
        ReadCase{"NoLeapDay", "2026-02-29", std::nullopt},
        ReadCase{"NoLeapDayIn2100", "2100-02-29", std::nullopt},
        ReadCase{"Day31", "2026-04-31", std::nullopt}, ReadCase{"Day0", "2026-04-00", std::nullopt},
        ReadCase{"Month13", "2026-13-01", std::nullopt},
        ReadCase{"Month0", "2026-00-01", std::nullopt},
        ReadCase{"Hour24", "2026-11-21T24:00:00Z", std::nullopt},
        ReadCase{"Minute60", "2026-11-21T08:60:00Z", std::nullopt},
        ReadCase{"Second61", "2026-11-21T08:15:61Z", std::nullopt},
        ReadCase{"OneDigitDay", "2026-11-1", std::nullopt},
        ReadCase{"SignedField", "2026-11-+1", std::nullopt},
        ReadCase{"NegativeYear", "-2026-11-21", std::nullopt},
        ReadCase{"FiveDigitYear", "12026-11-21", std::nullopt},
        ReadCase{"BeforeTheEpoch", "1969-12-31T23:59:59Z", std::nullopt},
        ReadCase{"BeforeTheEpochByItsOffset", "1970-01-01T00:00:00+00:01", std::nullopt},
        ReadCase{"Year10000ByItsOffset", "9999-12-31T23:59:00-00:01", std::nullopt},
        ReadCase{"TimeCutShort", "2026-11-21T08", std::nullopt},
        ReadCase{"EndsAfterT", "2026-11-21T", std::nullopt},
        ReadCase{"EmptyFraction", "2026-11-21T08:15:00.Z", std::nullopt},
        ReadCase{"OffsetOutOfRange", "2026-11-21T08:15:00+19:00", std::nullopt},
        ReadCase{"OffsetMinutes", "2026-11-21T08:15:00+01:60", std::nullopt},
        ReadCase{"OffsetCutShort", "2026-11-21T08:15:00+1", std::nullopt},
        ReadCase{"TwoOffsets", "2026-11-21T08:15:00Z+01:00", std::nullopt},
        ReadCase{"TextAfter", "2026-11-21T08:15:00Z ", std::nullopt},
        ReadCase{"TextBefore", " 2026-11-21", std::nullopt},
        ReadCase{"ZeroByte", std::string("2026-11-21T08:15:00Z\0", 21), std::nullopt},
        ReadCase{"WideDigits", "２０２６-11-21", std::nullopt},
        ReadCase{"Long", std::string(100'000, '9'), std::nullopt}),
    [](const auto& row) { return row.param.name; });

TEST(FormatTimestamp, ShowsMillisecondsOnlyWhereThereAreAny) {
  EXPECT_EQ(format_timestamp(utc(2026, 11, 21, 8h + 5min)), "2026-11-21T08:05:00Z");
  EXPECT_EQ(format_timestamp(utc(2026, 11, 21, 8h + 5min + 7ms)), "2026-11-21T08:05:00.007Z");
}

TEST(FormatTimestamp, WritesTheEpochAndTheTimeBeforeIt) {
  EXPECT_EQ(format_timestamp(Timestamp{}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(format_timestamp(Timestamp{-1ms}), "1969-12-31T23:59:59.999Z");
}

TEST(FormatTimestamp, IsReadBackAsTheSameTime) {
  for (Timestamp at{}; at < utc(9990, 1, 1); at += std::chrono::days{3653} + 3671s + 37ms) {
    EXPECT_EQ(parse_timestamp(format_timestamp(at)), at) << format_timestamp(at);
  }
}

TEST(FormatTimestamp, ShowsTheClocksOfAnOffset) {
  const Timestamp at = utc(2026, 11, 21, 23h + 15min);

  EXPECT_EQ(format_timestamp(at, 1h), "2026-11-22T00:15:00+01:00");
  EXPECT_EQ(format_timestamp(at, -(3h + 30min)), "2026-11-21T19:45:00-03:30");
  EXPECT_EQ(format_timestamp(at, 0h), "2026-11-21T23:15:00+00:00");
  EXPECT_EQ(parse_timestamp(format_timestamp(at, 5h + 45min)), at);
}

TEST(FormatTimestamp, SortsAsTextLikeTheTimesOfWholeSeconds) {
  EXPECT_LT(format_timestamp(utc(2026, 9, 30, 23h)), format_timestamp(utc(2026, 10, 1)));
}

}  // namespace
}  // namespace praxisync
