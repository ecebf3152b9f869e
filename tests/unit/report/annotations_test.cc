#include "report/annotations.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

#include "unit/report/sample_report.h"

namespace praxisync::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

std::vector<std::string> commands_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(Annotations, OfACalmRunAreNone) { EXPECT_THAT(github_annotations(empty_report()), IsEmpty()); }

TEST(Annotations, SayWhatFailedAndHowToMendIt) {
  EXPECT_THAT(github_annotations(full_report()),
              HasSubstr("::error title=praxisync%3A backend::2 blocked: email: missing%0APut the "
                        "address right.\n"));
}

TEST(Annotations, NoTextBecomesACommand) {
  const auto lines = commands_of(github_annotations(full_report(kHostile)));

  ASSERT_THAT(lines, Not(IsEmpty()));
  for (const std::string& line : lines) {
    EXPECT_THAT(line, testing::AnyOf(StartsWith("::error title=praxisync%3A "),
                                     StartsWith("::warning title=praxisync%3A ")));
    const std::string title = line.substr(line.find("title=") + 6);
    EXPECT_THAT(title.substr(0, title.find("::")), AllOf(Not(HasSubstr(",")), Not(HasSubstr(":"))));
  }
}

TEST(Annotations, EscapePercentSignsFirst) {
  EXPECT_EQ(github_error("a:b,c%", "50%\r\nof %0A"),
            "::error title=a%3Ab%2Cc%25::50%25?%0Aof %250A\n");
}

TEST(Annotations, BeyondTenOfAKindAreSummedUp) {
  RunReport report = empty_report(sync::Ending::Records);
  for (int i = 0; i < 40; ++i) {
    report.attention.push_back(
        {Attention::Kind::Blocked, "route-" + std::to_string(i), "no address", "Mend it.", 1});
    report.asked.routes.push_back(sample_route("route-" + std::to_string(i)));
  }
  report.news = report.attention;

  const auto lines = commands_of(github_annotations(report));

  const auto count = [&](const char* kind) {
    return std::ranges::count_if(lines,
                                 [&](const std::string& line) { return line.starts_with(kind); });
  };
  EXPECT_EQ(count("::error"), 10);
  EXPECT_EQ(count("::warning"), 10);
  EXPECT_THAT(lines, testing::Contains(HasSubstr("and 31 more")));
}

TEST(Annotations, ARunThatStoppedInOrderIsANotice) {
  EXPECT_THAT(commands_of(github_annotations(empty_report(sync::Ending::Quota))),
              testing::ElementsAre(HasSubstr("::notice title=praxisync%3A work is left::stopped: "
                                             "quota used up")));
}

TEST(Outputs, AreOneValueALine) {
  const auto lines = commands_of(github_outputs(full_report(kHostile).run));

  EXPECT_THAT(lines, testing::IsSupersetOf({"run_id=12", "exit_code=3", "reason=records",
                                            "invited=190", "blocked=2"}));
  for (const std::string& line : lines)
    EXPECT_THAT(line, testing::MatchesRegex("[a-z_]+=[a-z0-9_]+"));
}

}  // namespace
}  // namespace praxisync::report
