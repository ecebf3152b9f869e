#include "domain/template.h"

#include <gtest/gtest.h>

#include <ostream>

#include "support/result_matchers.h"

namespace praxisync {
namespace {

using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

/// Each variable as its name in brackets.
std::string shown(std::string_view text) {
  return expand_template(text, [](std::string_view name) { return "<" + std::string(name) + ">"; });
}

struct ExpandCase {
  std::string name, text, want;
};
void PrintTo(const ExpandCase& row, std::ostream* out) { *out << row.name; }

class ExpandTemplate : public testing::TestWithParam<ExpandCase> {};

TEST_P(ExpandTemplate, ReplacesVariablesAndKeepsTheRest) {
  ASSERT_THAT(check_template(GetParam().text, {"job", "score"}), IsOk());
  EXPECT_EQ(shown(GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ExpandTemplate,
    testing::Values(ExpandCase{"Empty", "", ""}, ExpandCase{"NoVariable", "plain", "plain"},
                    ExpandCase{"One", "{job}", "<job>"},
                    ExpandCase{"Two", "{job}: {score} %", "<job>: <score> %"},
                    ExpandCase{"SideBySide", "{job}{job}", "<job><job>"},
                    ExpandCase{"Braces", "{{job}}", "{job}"},
                    ExpandCase{"BracesAroundAVariable", "{{{job}}}", "{<job>}"},
                    ExpandCase{"OnlyBraces", "{{}}", "{}"},
                    ExpandCase{"NotAscii", "Stelle „{job}“ ✓", "Stelle „<job>“ ✓"}),
    [](const auto& row) { return row.param.name; });

TEST(ExpandTemplateOnce, DoesNotLookIntoTheValues) {
  EXPECT_EQ(expand_template("{job}", [](std::string_view) { return std::string("{score}}{{"); }),
            "{score}}{{");
}

TEST(CheckTemplate, NamesAnUnknownVariableAndWhatWasMeant) {
  EXPECT_THAT(check_template("{scoer}", outcome_variables()),
              FailsSaying("unknown variable {scoer}; did you mean {score}?"));
  EXPECT_THAT(check_template("{job} {stage", {"job"}), FailsWith(ErrorKind::Rejected));
}

TEST(CheckTemplate, SuggestsNothingWhereNothingIsNear) {
  const Result<void> checked = check_template("{salary_band}", {"job"});

  ASSERT_THAT(checked, FailsWith(ErrorKind::Rejected));
  EXPECT_EQ(checked.error().what, "unknown variable {salary_band}");
}

TEST(CheckTemplate, TakesNeitherSpacesNorAnEmptyNameForAVariable) {
  EXPECT_THAT(check_template("{ job }", {"job"}), FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(check_template("{}", {"job"}), FailsSaying("unknown variable {}"));
}

TEST(CheckTemplate, KeepsControlCharactersOutOfItsText) {
  const Result<void> checked = check_template("{a\x1b[2J" + std::string(500, 'x') + "}", {"job"});

  ASSERT_THAT(checked, FailsWith(ErrorKind::Rejected));
  EXPECT_EQ(checked.error().what.find('\x1b'), std::string::npos);
  EXPECT_LT(checked.error().what.size(), 100U);
}

TEST(CheckTemplate, RefusesALoneBraceAndSaysHowToWriteOne) {
  for (const char* text : {"}", "a } b", "{{job}", "{job}}", "}{job}"}) {
    EXPECT_THAT(check_template(text, {"job"}), FailsSaying("'}}'")) << text;
  }
  for (const char* text : {"{", "a {job", "{{{job"}) {
    EXPECT_THAT(check_template(text, {"job"}), FailsSaying("'{{'")) << text;
  }
}

TEST(UsesVariable, FindsVariablesAndNotTheirLiterals) {
  EXPECT_TRUE(uses_variable("at {report_url}!", "report_url"));
  EXPECT_FALSE(uses_variable("at {{report_url}}!", "report_url"));
  EXPECT_FALSE(uses_variable("report_url", "report_url"));
  EXPECT_FALSE(uses_variable("{report", "report"));
}

TEST(TemplateVariables, AreThoseOfTheDocumentation) {
  EXPECT_THAT(role_variables(), testing::UnorderedElementsAre("job", "stage", "name"));
  EXPECT_THAT(outcome_variables(), testing::UnorderedElementsAre(
                                       "score", "passed", "verdict", "assessment", "route", "job", "stage",
                                       "violations", "time_spent", "completed_at", "report_url", "cases"));
}

TEST(ExpandTemplateDeathTest, NeverExpandsATextThatWasNotChecked) {
  EXPECT_DEATH(shown("{job"), "broken invariant");
}

}  // namespace
}  // namespace praxisync
