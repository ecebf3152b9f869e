#include <gtest/gtest.h>

#include <ostream>

#include "domain/text.h"

namespace praxisync {
namespace {

struct GlobCase {
  std::string name, pattern, text;
  bool matches;
};
void PrintTo(const GlobCase& row, std::ostream* out) { *out << row.name; }

class MatchesGlob : public testing::TestWithParam<GlobCase> {};

TEST_P(MatchesGlob, ComparesTheWholeText) {
  EXPECT_EQ(matches_glob(GetParam().pattern, GetParam().text), GetParam().matches)
      << GetParam().pattern << " against " << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, MatchesGlob,
    testing::Values(
        GlobCase{"Same", "Backend", "Backend", true},
        GlobCase{"OtherCase", "backend", "BACKEND", true},
        GlobCase{"PartOnly", "Back", "Backend", false},
        GlobCase{"TextIsPart", "Backend", "Back", false},
        GlobCase{"StarForAll", "*", "anything", true}, GlobCase{"StarForNone", "*", "", true},
        GlobCase{"EmptyForEmpty", "", "", true}, GlobCase{"EmptyForSome", "", "a", false},
        GlobCase{"StarAtTheEnd", "Senior *", "Senior Backend", true},
        GlobCase{"StarAtTheStart", "*Engineer", "Backend Engineer", true},
        GlobCase{"StarInside", "Senior*Engineer", "Senior Backend Engineer", true},
        GlobCase{"StarsAround", "*Backend*", "Senior Backend Engineer", true},
        GlobCase{"GoesBackToTheLastStar", "*ab*abc", "xabababc", true},
        GlobCase{"StarNeedsItsTail", "*Engineer", "Engineering", false},
        GlobCase{"TwoStars", "a**b", "ab", true}, GlobCase{"Question", "a?c", "abc", true},
        GlobCase{"QuestionNeedsOne", "a?c", "ac", false},
        GlobCase{"QuestionTakesOne", "a?c", "abbc", false},
        GlobCase{"QuestionAtTheEnd", "ab?", "ab", false},
        GlobCase{"StarThenQuestion", "*?", "", false},
        GlobCase{"QuestionTakesAWholeCharacter", "M?ller", "Müller", true},
        GlobCase{"QuestionsCountCharacters", "M??ller", "Müller", false},
        GlobCase{"QuestionTakesFourBytes", "?", "\xf0\x9f\x98\x80", true},
        GlobCase{"StarThenTwoQuestions", "*??", "ü", false},
        GlobCase{"StarThenTheLastCharacter", "M*?r", "Müür", true},
        GlobCase{"OtherAlphabets", "*инженер", "Старший инженер", true},
        GlobCase{"BracketsAreLetters", "[ab]", "a", false},
        GlobCase{"BracketsMatchThemselves", "Engineer [Berlin]", "engineer [berlin]", true},
        GlobCase{"BackslashIsALetter", "\\*", "\\x", true},
        GlobCase{"StarInTheText", "a*", "a*b", true}),
    [](const auto& row) { return row.param.name; });

TEST(MatchesGlobSoon, EvenWithPatternsMadeToBeSlow) {
  // A matcher that tries every way for every star needs longer than the world has existed.
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  const std::string text = std::string(5'000, 'a') + "b";

  EXPECT_FALSE(matches_glob(pattern, text));
  EXPECT_TRUE(matches_glob(pattern + "*", text));
  EXPECT_FALSE(matches_glob(std::string(5'000, '*') + "x", text));
  EXPECT_FALSE(matches_glob("*" + std::string(2'000, '?') + "x", std::string(4'000, 'a')));
}

}  // namespace
}  // namespace praxisync
