#include "report/markdown.h"

#include <gmock/gmock.h>

#include "report/markdown_report.h"
#include "unit/report/sample_report.h"

namespace praxisync::report {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Le;
using testing::Not;
using testing::SizeIs;

struct CodeCase {
  std::string name, text, want;
};
void PrintTo(const CodeCase& row, std::ostream* out) { *out << row.name; }
class Code : public testing::TestWithParam<CodeCase> {};
TEST_P(Code, IsOneSpanOnOneLine) { EXPECT_EQ(code(GetParam().text, 20), GetParam().want); }
INSTANTIATE_TEST_SUITE_P(
    Table, Code,
    testing::Values(CodeCase{"Plain", "backend", "`backend`"}, CodeCase{"Empty", "", "–"},
                    CodeCase{"Spaces", "   ", "–"}, CodeCase{"Backtick", "a`b", "`` a`b ``"},
                    CodeCase{"OnlyBackticks", "```", "```` ``` ````"},
                    CodeCase{"Pipe", "a|b", "`a¦b`"}, CodeCase{"EscapedPipe", "a\\|b", "`a\\¦b`"},
                    CodeCase{"Lines", "a\n# b", "`a?# b`"},
                    CodeCase{"Mention", "@team #1", "`@team #1`"},
                    CodeCase{"Html", "<b>&amp;", "`<b>&amp;`"},
                    CodeCase{"Long", std::string(30, 'x'), "`" + std::string(20, 'x') + "…`"},
                    CodeCase{"Direction", "a\u202Eb", "`a?b`"}),
    [](const auto& row) { return row.param.name; });

/// What is left of Markdown when its code spans are taken out, as a reader of CommonMark does.
std::string outside_of_code(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '`') {
      out += text[at++];
      continue;
    }
    const std::size_t end = text.find_first_not_of('`', at);
    const std::string fence = text.substr(at, end - at);
    std::size_t close = text.find(fence, end);
    while (close != std::string::npos && close + fence.size() < text.size() &&
           text[close + fence.size()] == '`')
      close = text.find(fence, text.find_first_not_of('`', close));
    if (close == std::string::npos) return out + "UNCLOSED";
    at = close + fence.size();
  }
  return out;
}

TEST(MarkdownReport, LeavesNothingOfARecordOutsideOfCode) {
  const std::string text = markdown_report(full_report(kHostile));

  EXPECT_THAT(outside_of_code(text),
              AllOf(Not(HasSubstr("evil")), Not(HasSubstr("img")), Not(HasSubstr("Boss")),
                    Not(HasSubstr("@")), Not(HasSubstr("UNCLOSED")), Not(HasSubstr("::error"))));
  EXPECT_THAT(text, Not(HasSubstr("\n# Boss")));
}

TEST(MarkdownReport, SaysWhatMatters) {
  EXPECT_THAT(markdown_report(full_report()),
              AllOf(HasSubstr("## ⚠️ praxisync, run 12: done, with records that failed"),
                    HasSubstr("| `backend` | `email: missing` | 2 | `Put the address right.` |"),
                    HasSubstr("| invited | 190 |"),
                    HasSubstr("| `backend` | 200 | 150 | 120 | 90 | 60 | 80 | 72.5 % | 1 d 6 h |"),
                    HasSubstr("Requests: 67 used, 5 least possible."),
                    HasSubstr("1 of 2 streams read"), HasSubstr("5 actions, 1 dropped")));
}

TEST(MarkdownReport, OfARunThatDidNothingSaysSo) {
  EXPECT_THAT(markdown_report(empty_report()),
              AllOf(HasSubstr("✅ praxisync, run 12: done"), HasSubstr("Nothing new."),
                    Not(HasSubstr("Needs a person"))));
}

TEST(MarkdownReport, IsCutOnARowsEdgeAndSaysSo) {
  for (const std::size_t limit : {std::size_t{0}, std::size_t{200}, std::size_t{3000},
                                  std::size_t{65'536}, kLongestSummary}) {
    SCOPED_TRACE(limit);
    const std::string text = markdown_report(huge_report(), limit);

    EXPECT_THAT(text, SizeIs(Le(limit)));
    EXPECT_THAT(outside_of_code(text), Not(HasSubstr("UNCLOSED")));
    if (limit > 100) {
      EXPECT_THAT(text, EndsWith("where this is shown._\n"));
    }
  }
}

TEST(Markdown, CountsTheRowsThatHaveNoRoom) {
  Markdown page(200);

  page.table({"name", ">count"}, std::vector<std::vector<std::string>>(50, {"`a`", "1"}), 7);
  const std::string text = std::move(page).text();

  const auto rows = static_cast<int>(std::ranges::count(text, '|') / 3) - 2;
  EXPECT_THAT(text, HasSubstr("and " + std::to_string(57 - rows) + " more"));
  EXPECT_THAT(text, HasSubstr("| name | count |\n| --- | ---: |\n"));
}

}  // namespace
}  // namespace praxisync::report
