#include <gtest/gtest.h>

#include <ostream>

#include "domain/time.h"

namespace praxisync {
namespace {

using namespace std::chrono_literals;
constexpr Milliseconds kDay = 24h;

struct SpanCase {
  std::string name, text;
  std::optional<Milliseconds> want;
};
void PrintTo(const SpanCase& row, std::ostream* out) { *out << row.name; }

class ParseDuration : public testing::TestWithParam<SpanCase> {};

TEST_P(ParseDuration, ReadsCountsWithUnits) {
  EXPECT_EQ(parse_duration(GetParam().text), GetParam().want) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, ParseDuration,
    testing::Values(
        SpanCase{"Seconds", "90s", 90s}, SpanCase{"Minutes", "15m", 15min},
        SpanCase{"Hours", "72h", 72h}, SpanCase{"Days", "7d", 7 * kDay},
        SpanCase{"Milliseconds", "250ms", 250ms}, SpanCase{"Sum", "1h30m", 90min},
        SpanCase{"SumOfAll", "1d2h3m4s5ms", kDay + 2h + 3min + 4s + 5ms},
        SpanCase{"SumInAnyOrder", "5s1m", 65s}, SpanCase{"Nothing", "0s", 0ms},
        SpanCase{"HundredYears", "36525d", 36525 * kDay},
        SpanCase{"OneDayMore", "36526d", std::nullopt},
        SpanCase{"OneMillisecondMore", "36525d1ms", std::nullopt},
        SpanCase{"ManyTermsOverTheLimit", "36525d36525d36525d", std::nullopt},
        SpanCase{"OverflowsTheCount", "99999999999999999999s", std::nullopt},
        SpanCase{"OverflowsTheProduct", "9223372036854775807d", std::nullopt},
        SpanCase{"Negative", "-5s", std::nullopt}, SpanCase{"NegativeTerm", "1h-5m", std::nullopt},
        SpanCase{"Plus", "+5s", std::nullopt}, SpanCase{"Empty", "", std::nullopt},
        SpanCase{"NoUnit", "90", std::nullopt}, SpanCase{"NoCount", "s", std::nullopt},
        SpanCase{"NoUnitAtTheEnd", "1h30", std::nullopt},
        SpanCase{"UnknownUnit", "3w", std::nullopt}, SpanCase{"LongUnit", "3hours", std::nullopt},
        SpanCase{"CapitalUnit", "3H", std::nullopt}, SpanCase{"Space", "5 s", std::nullopt},
        SpanCase{"SpaceBefore", " 5s", std::nullopt},
        SpanCase{"SpaceBetween", "1h 30m", std::nullopt},
        SpanCase{"Fraction", "1.5h", std::nullopt}, SpanCase{"Hexadecimal", "0x10s", std::nullopt}),
    [](const auto& row) { return row.param.name; });

TEST(FormatDuration, ShowsTheLargestTwoUnits) {
  EXPECT_EQ(format_duration(0ms), "0 ms");
  EXPECT_EQ(format_duration(850ms), "850 ms");
  EXPECT_EQ(format_duration(1s), "1 s");
  EXPECT_EQ(format_duration(59'999ms), "59 s");
  EXPECT_EQ(format_duration(60s), "1 min");
  EXPECT_EQ(format_duration(61s), "1 min 1 s");
  EXPECT_EQ(format_duration(1h), "1 h");
  EXPECT_EQ(format_duration(3 * kDay + 4h + 59min), "3 d 4 h");
  EXPECT_EQ(format_duration(36525 * kDay), "36525 d");
}

TEST(FormatDuration, LeavesOutASecondUnitThatIsZero) {
  EXPECT_EQ(format_duration(1h + 59s), "1 h");
  EXPECT_EQ(format_duration(2 * kDay + 59min), "2 d");
}

TEST(FormatDuration, PutsTheSignBeforeATimeThatIsOver) {
  EXPECT_EQ(format_duration(-90min), "-1 h 30 min");
  EXPECT_EQ(format_duration(-1ms), "-1 ms");
}

}  // namespace
}  // namespace praxisync
