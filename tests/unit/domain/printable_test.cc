#include <gtest/gtest.h>

#include "domain/text.h"

namespace praxisync {
namespace {

TEST(Printable, LeavesOrdinaryTextAsItIs) {
  EXPECT_EQ(printable("Zoë Müller, 東京 \xf0\x9f\x98\x80", 100),
            "Zoë Müller, 東京 \xf0\x9f\x98\x80");
}

TEST(Printable, ReplacesControlCharacters) {
  EXPECT_EQ(printable("a\x1b[31mb\r\nc\td\x7f", 100), "a?[31mb??c?d?");
  EXPECT_EQ(printable(std::string("a\0b", 3), 100), "a?b");
  EXPECT_EQ(printable("a\xc2\x9b"
                      "31mb",
                      100),
            "a?31mb")
      << "an escape in one character";
}

TEST(Printable, ReplacesWhatTurnsTheDirectionOfText) {
  for (const char* turn : {"\u061c", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d",
                           "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}) {
    EXPECT_EQ(printable(std::string("a") + turn + "b", 100), "a?b");
  }
}

TEST(Printable, ReplacesWhatCannotBeSeen) {
  EXPECT_EQ(printable("a\u200b\u200d\ufeff\u2028\u2029z", 100), "a?????z");
}

TEST(Printable, ReplacesEachByteThatIsNotUtf8) {
  EXPECT_EQ(printable("M\xfcller", 100), "M?ller");
  EXPECT_EQ(printable("\xed\xa0\x80", 100), "???");
  EXPECT_EQ(printable("\xe2\x82", 100), "??");
  EXPECT_EQ(printable("\xc3(", 100), "?(");
}

TEST(Printable, CutsOnTheEdgeOfACharacter) {
  EXPECT_EQ(printable("ab€", 5), "ab€");
  EXPECT_EQ(printable("ab€", 4), "ab");
  EXPECT_EQ(printable("ab€", 3), "ab");
  EXPECT_EQ(printable("€", 2), "");
  EXPECT_EQ(printable("ab", 0), "");
}

TEST(Printable, GivesUtf8NoLongerThanAsked) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  all += "é€\xf0\x9f\x98\x80\u202e";
  for (std::size_t limit = 0; limit < all.size() + 5; ++limit) {
    const std::string shown = printable(all, limit);

    EXPECT_LE(shown.size(), limit);
    EXPECT_TRUE(is_utf8(shown)) << limit;
  }
}

}  // namespace
}  // namespace praxisync
