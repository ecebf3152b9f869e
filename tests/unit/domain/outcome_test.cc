#include "domain/outcome.h"

#include <gtest/gtest.h>

#include <ostream>

namespace praxisync {
namespace {

struct ScoreCase {
  std::string name;
  double score;
  std::string want;
};
void PrintTo(const ScoreCase& row, std::ostream* out) { *out << row.name; }

class FormatScore : public testing::TestWithParam<ScoreCase> {};

TEST_P(FormatScore, HasTwoDecimalsAtMost) {
  EXPECT_EQ(format_score(GetParam().score), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Table, FormatScore,
    testing::Values(ScoreCase{"Whole", 85, "85"}, ScoreCase{"Half", 72.5, "72.5"},
                    ScoreCase{"Quarter", 72.25, "72.25"}, ScoreCase{"Third", 200.0 / 3, "66.67"},
                    ScoreCase{"Nothing", 0, "0"}, ScoreCase{"Everything", 100, "100"},
                    ScoreCase{"Ten", 10, "10"}, ScoreCase{"TenAndATenth", 10.1, "10.1"},
                    ScoreCase{"Hundredth", 0.01, "0.01"}, ScoreCase{"TooSmall", 0.001, "0"},
                    ScoreCase{"NegativeZero", -0.0, "0"}, ScoreCase{"JustBelowZero", -0.001, "0"},
                    ScoreCase{"RoundsUp", 99.999, "100"}, ScoreCase{"Negative", -5.5, "-5.5"}),
    [](const auto& row) { return row.param.name; });

TEST(VerdictName, IsReadBack) {
  for (const Verdict verdict : {Verdict::Passed, Verdict::Failed, Verdict::Expired,
                                Verdict::Cancelled, Verdict::Withdrawn}) {
    EXPECT_EQ(parse_verdict(to_string(verdict)), verdict);
  }
  for (const char* other : {"", "Passed", "queued", "unknown"}) {
    EXPECT_EQ(parse_verdict(other), std::nullopt) << other;
  }
}

}  // namespace
}  // namespace praxisync
