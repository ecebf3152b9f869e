#include "domain/text.h"

#include <gtest/gtest.h>

#include <ostream>

namespace praxisync {
namespace {

TEST(Trim, TakesSpaceTabAndLineEndsFromBothEnds) {
  EXPECT_EQ(trim(" \t\r\n a b \n\r\t "), "a b");
  EXPECT_EQ(trim("a"), "a");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim(" \n "), "");
}

TEST(Trim, LeavesOtherSpaces) {
  EXPECT_EQ(trim("\xc2\xa0x"), "\xc2\xa0x");
  EXPECT_EQ(trim("\vx\f"), "\vx\f");
}

TEST(ToLower, ChangesAsciiLettersOnly) { EXPECT_EQ(to_lower("AZaz09@[Ä"), "azaz09@[Ä"); }

TEST(Fold, MakesSpellingsOfOneWordTheSame) {
  for (const char* spelling : {"already_invited", "Already invited", "already-invited",
                               "ALREADY__INVITED", "  Already - invited ", "already _-_ Invited"}) {
    EXPECT_EQ(fold(spelling), "already_invited") << spelling;
  }
}

TEST(Fold, KeepsDifferentWordsApart) {
  EXPECT_NE(fold("already invited"), fold("alreadyinvited"));
  EXPECT_EQ(fold(""), "");
}

struct BytesCase {
  std::string name, bytes;
  bool good;
};
void PrintTo(const BytesCase& row, std::ostream* out) { *out << row.name; }

class IsUtf8 : public testing::TestWithParam<BytesCase> {};

TEST_P(IsUtf8, TakesWellFormedTextOnly) {
  EXPECT_EQ(is_utf8(GetParam().bytes), GetParam().good);
  EXPECT_EQ(is_utf8("before " + GetParam().bytes + " after"), GetParam().good);
}

INSTANTIATE_TEST_SUITE_P(
    Table, IsUtf8,
    testing::Values(
        BytesCase{"Empty", "", true}, BytesCase{"Ascii", "plain", true},
        BytesCase{"Zero", std::string(1, '\0'), true}, BytesCase{"Delete", "\x7f", true},
        BytesCase{"FirstOfTwoBytes", "\xc2\x80", true},
        BytesCase{"LastOfTwoBytes", "\xdf\xbf", true},
        BytesCase{"FirstOfThreeBytes", "\xe0\xa0\x80", true},
        BytesCase{"BeforeTheSurrogates", "\xed\x9f\xbf", true},
        BytesCase{"AfterTheSurrogates", "\xee\x80\x80", true},
        BytesCase{"LastOfThreeBytes", "\xef\xbf\xbf", true},
        BytesCase{"FirstOfFourBytes", "\xf0\x90\x80\x80", true},
        BytesCase{"LastOfAll", "\xf4\x8f\xbf\xbf", true},
        BytesCase{"PastTheLast", "\xf4\x90\x80\x80", false},
        BytesCase{"OverlongSlash", "\xc0\xaf", false},
        BytesCase{"OverlongDelete", "\xc1\xbf", false},
        BytesCase{"OverlongInThree", "\xe0\x9f\xbf", false},
        BytesCase{"OverlongZeroInThree", "\xe0\x80\x80", false},
        BytesCase{"OverlongInFour", "\xf0\x8f\xbf\xbf", false},
        BytesCase{"FirstSurrogate", "\xed\xa0\x80", false},
        BytesCase{"LastSurrogate", "\xed\xbf\xbf", false},
        BytesCase{"SurrogatePair", "\xed\xa0\xbd\xed\xb8\x80", false},
        BytesCase{"LoneContinuation", "\x80", false}, BytesCase{"Latin1", "M\xfcller", false},
        BytesCase{"FiveBytes", "\xf8\x88\x80\x80\x80", false}, BytesCase{"Fe", "\xfe", false},
        BytesCase{"Ff", "\xff", false}, BytesCase{"LeadThenLead", "\xc3\xc3", false}),
    [](const auto& row) { return row.param.name; });

TEST(IsUtf8AtTheEnd, RefusesACharacterThatIsCutShort) {
  for (const std::string whole : {"\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"}) {
    for (std::size_t size = 1; size < whole.size(); ++size) {
      EXPECT_FALSE(is_utf8("x" + whole.substr(0, size))) << whole << size;
    }
    EXPECT_TRUE(is_utf8("x" + whole));
  }
}

TEST(DidYouMean, FindsTheNearestWord) {
  const std::vector<std::string> words{"assessment", "connector", "stage", "send_email"};

  EXPECT_EQ(did_you_mean("assesment", words), "assessment");
  EXPECT_EQ(did_you_mean("conector", words), "connector");
  EXPECT_EQ(did_you_mean("Stage", words), "stage");
  EXPECT_EQ(did_you_mean("send-email", words), "send_email");
  EXPECT_EQ(did_you_mean("sendemail", words), "send_email");
}

TEST(DidYouMean, PrefersTheNearerOfTwo) {
  EXPECT_EQ(did_you_mean("stag", {"page", "stage"}), "stage");
}

TEST(DidYouMean, SaysNothingWhenNothingIsNear) {
  EXPECT_EQ(did_you_mean("colour", {"assessment", "stage"}), "");
  EXPECT_EQ(did_you_mean("", {"a", "ab"}), "");
  EXPECT_EQ(did_you_mean("x", {"ab", "a", "y"}), "");
  EXPECT_EQ(did_you_mean("stage", {}), "");
}

}  // namespace
}  // namespace praxisync
