#include "cli/table.h"

#include <gtest/gtest.h>

#include "cli/terminal_text.h"

namespace praxisync::cli {
namespace {

Table people() {
  Table table({{"Route"}, {"Candidate"}, {"Score", Align::Right}});
  table.add({"backend", "Žofie Nováková", "85"});
  table.add({"data", "山田太郎", "7.5"});
  table.add({"graduates", "Ann", ""});
  return table;
}

TEST(Table, AlignsColumnsByWhatIsSeen) {
  EXPECT_EQ(people().render(Terminal{}),
            "Route      Candidate       Score\n"
            "backend    Žofie Nováková     85\n"
            "data       山田太郎          7.5\n"
            "graduates  Ann\n");
}

TEST(Table, CutsTheWidestTextWhereTheTerminalIsNarrow) {
  const Terminal terminal{.tty = true, .width = 28};

  EXPECT_EQ(people().render(terminal),
            "Route      Candidate   Score\n"
            "backend    Žofie Nov…     85\n"
            "data       山田太郎      7.5\n"
            "graduates  Ann\n");
}

TEST(Table, NeverCutsNumbersOrColumnsOfEight) {
  Table table({{"Short"}, {"Requests", Align::Right}});
  table.add({"12345678", "1234567890123"});

  EXPECT_EQ(table.render(Terminal{.tty = true, .width = 10}),
            "Short          Requests\n"
            "12345678  1234567890123\n");
}

TEST(Table, MarksItsHeaderOnlyInColour) {
  Table table({{"A"}, {"B"}});
  table.add({"1", "2"});

  EXPECT_EQ(table.render(Terminal{.colour = Colour::On}),
            "\x1b[1;4mA\x1b[0m  \x1b[1;4mB\x1b[0m\n1  2\n");
}

TEST(Table, ShowsNothingThatSteersATerminal) {
  Table table({{"Name"}});
  table.add({"a\x1b[2Jb\nc"});

  EXPECT_EQ(table.render(Terminal{}), "Name\na?[2Jb?c\n");
}

TEST(Table, FillsMissingCells) {
  Table table({{"A"}, {"B"}});
  table.add({"1"});

  EXPECT_EQ(table.render(Terminal{}), "A  B\n1\n");
}

TEST(TerminalText, CountsColumnsNotBytes) {
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("Žofie"), 5u);
  EXPECT_EQ(display_width("山田"), 4u);
  EXPECT_EQ(display_width("e\xCC\x81"), 1u);  // e and a combining accent
  EXPECT_EQ(display_width("\xff\xfe"), 2u);
}

TEST(TerminalText, FitsWholeCharactersBeforeTheEllipsis) {
  EXPECT_EQ(fit("abcdef", 6), "abcdef");
  EXPECT_EQ(fit("abcdef", 5), "abcd…");
  EXPECT_EQ(fit("山田太郎", 6), "山田…");
  EXPECT_EQ(fit("abc", 1), "…");
  EXPECT_EQ(fit("abc", 0), "");
}

}  // namespace
}  // namespace praxisync::cli
