#include "csv/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "unit/csv/text_bytes.h"

namespace praxisync::csv {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Rows = std::vector<std::vector<std::string>>;

struct Read {
  Rows rows;
  std::vector<std::string> bad;          ///< "LINE: reason"
  std::vector<std::uint64_t> row_lines;  ///< where the rows begin
  Ending ending = Ending::Line;          ///< of the last one
};

Read read_all(const std::string& text, char separator = ',', std::size_t step = 64 * 1024) {
  TextBytes bytes(text, step);
  Window window(bytes);
  CsvReader reader(window, separator);
  Read all;
  while (true) {
    const Result<CsvReader::Read> read = reader.next();
    if (!read) ADD_FAILURE() << read.error().what;
    if (!read || *read == CsvReader::Read::End) return all;
    all.ending = reader.ending();
    if (*read == CsvReader::Read::Bad) {
      all.bad.push_back(std::to_string(reader.begin().line) + ": " + reader.reason());
    } else {
      all.rows.emplace_back(reader.fields().begin(), reader.fields().end());
      all.row_lines.push_back(reader.begin().line);
    }
  }
}

struct RfcCase {
  std::string name, text;
  Rows want;
  char separator = ',';
};
void PrintTo(const RfcCase& row, std::ostream* out) { *out << row.name; }
class Rfc4180 : public testing::TestWithParam<RfcCase> {};

TEST_P(Rfc4180, GivesTheFields) {
  const Read read = read_all(GetParam().text, GetParam().separator);

  EXPECT_EQ(read.rows, GetParam().want);
  EXPECT_THAT(read.bad, IsEmpty());
}

TEST_P(Rfc4180, GivesTheSameWhenBytesComeInOneByOne) {
  const Read read = read_all(GetParam().text, GetParam().separator, 1);

  EXPECT_EQ(read.rows, GetParam().want);
  EXPECT_THAT(read.bad, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Table, Rfc4180,
    testing::Values(RfcCase{"Empty", "", {}}, RfcCase{"OneLine", "a,b\n", {{"a", "b"}}},
                    RfcCase{"LastLineWithoutNewline", "a,b\nc,d", {{"a", "b"}, {"c", "d"}}},
                    RfcCase{"Crlf", "a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
                    RfcCase{"CarriageReturnsAlone", "a,b\rc,d\r", {{"a", "b"}, {"c", "d"}}},
                    RfcCase{"MixedLineEnds", "a\r\nb\rc\nd", {{"a"}, {"b"}, {"c"}, {"d"}}},
                    RfcCase{"Quoted", "\"a\",\"b\"\n", {{"a", "b"}}},
                    RfcCase{"SeparatorInsideQuotes", "\"a,b\",c\n", {{"a,b", "c"}}},
                    RfcCase{"NewlineInsideQuotes", "\"a\nb\",c\n", {{"a\nb", "c"}}},
                    RfcCase{"CrlfInsideQuotes", "\"a\r\nb\",c\r\n", {{"a\r\nb", "c"}}},
                    RfcCase{"DoubledQuotes", "\"say \"\"hi\"\"\",c\n", {{"say \"hi\"", "c"}}},
                    RfcCase{"NothingButDoubledQuotes", "\"\"\"\"\n", {{"\""}}},
                    RfcCase{"EmptyFields", ",,\n", {{"", "", ""}}},
                    RfcCase{"EmptyQuotedField", "\"\"\n", {{""}}},
                    RfcCase{"EndsWithASeparator", "a,", {{"a", ""}}},
                    RfcCase{"EndsWithAClosingQuote", "a,\"b\"", {{"a", "b"}}},
                    RfcCase{"EmptyLinesAreSkipped", "\n\na\n\r\n\nb\n\n", {{"a"}, {"b"}}},
                    RfcCase{"QuoteInsideAnUnquotedField", "19\" rack,b\n", {{"19\" rack", "b"}}},
                    RfcCase{"SpacesArePartOfAField", " a , b \n", {{" a ", " b "}}},
                    RfcCase{"Semicolon", "a,b;\"c;d\"\n", {{"a,b", "c;d"}}, ';'},
                    RfcCase{"Tab", "a\tb c\n", {{"a", "b c"}}, '\t'},
                    RfcCase{"Utf8", "Zoë,日本\n", {{"Zoë", "日本"}}}),
    [](const auto& row) { return row.param.name; });

TEST(CsvReader, CountsLinesInsideQuotes) {
  const Read read = read_all("h\n\"a\nb\r\nc\"\n\nd\n");

  EXPECT_THAT(read.row_lines, ElementsAre(1, 2, 6));
}

TEST(CsvReader, TellsARowThatTheFileEndCutsShort) {
  EXPECT_EQ(read_all("a\nb").ending, Ending::File);
  EXPECT_EQ(read_all("a\nb\n").ending, Ending::Line);
  EXPECT_EQ(read_all("a\n\"b\n").ending, Ending::File);
}

TEST(CsvReader, SetsAsideTextAfterAClosingQuoteAndGoesOn) {
  const Read read = read_all("a,b\n1,\"say \"hi\"\"\n2,c\n");

  EXPECT_THAT(read.bad,
              ElementsAre(testing::AllOf(HasSubstr("2: field 2 has text after its closing quote"),
                                         HasSubstr("went on at line 3"))));
  EXPECT_EQ(read.rows, (Rows{{"a", "b"}, {"2", "c"}}));
}

TEST(CsvReader, LosesNoRowBehindAQuoteThatIsClosedByTheNextRowsQuote) {
  const Read read = read_all("1,\"open\n2,\"fine\"\n3,c\n");

  EXPECT_THAT(read.bad, ElementsAre(HasSubstr("1: ")));
  EXPECT_EQ(read.rows, (Rows{{"2", "fine"}, {"3", "c"}}));
}

TEST(CsvReader, LosesNoRowBehindAQuoteThatIsNeverClosed) {
  const Read read = read_all("1,\"open\n2,b\n3,c\n");

  EXPECT_THAT(read.bad,
              ElementsAre(HasSubstr("not closed before the file ends; reading went on at line 2")));
  EXPECT_EQ(read.rows, (Rows{{"2", "b"}, {"3", "c"}}));
}

TEST(CsvReader, LosesNoRowBehindAnOpenQuoteInALargeFile) {
  std::string text = "1,\"open\n";
  const std::string row = "2," + std::string(1000, 'x') + "\n";
  for (std::size_t i = 0; i < 3000; ++i) text += row;

  const Read read = read_all(text);

  EXPECT_THAT(read.bad,
              ElementsAre(HasSubstr("not closed within 1 MiB; reading went on at line 2")));
  EXPECT_THAT(read.rows, SizeIs(3000));
}

TEST(CsvReader, SetsAsideAFieldThatIsTooLong) {
  const std::string fits(kFieldLimit, 'x');

  const Read read = read_all("1,\"" + fits + "\"\n2," + fits + "x\n3,c\n");

  EXPECT_THAT(read.bad, ElementsAre(HasSubstr("2: field 2 is longer than 64 KiB")));
  EXPECT_THAT(read.rows, SizeIs(2));
}

TEST(CsvReader, SetsAsideARowThatIsTooLong) {
  std::string text = "1";
  while (text.size() < 2 * kRowLimit) text += "," + std::string(1000, 'x');

  const Read read = read_all("a\n" + text + "\r\nb\n");

  EXPECT_THAT(read.bad,
              ElementsAre(HasSubstr("2: the row is longer than 1 MiB; reading went on at line 3")));
  EXPECT_EQ(read.rows, (Rows{{"a"}, {"b"}}));
}

TEST(CsvReader, DrawsTheRowLimitAtTheSamePlaceHoweverBytesComeIn) {
  for (const std::size_t size :
       {kRowLimit - 2, kRowLimit - 1, kRowLimit, kRowLimit + 1, kRowLimit + kChunk / 2}) {
    std::string text = "\"" + std::string(size - 2, 'x') + "\"\nnext\n";
    for (const std::string before : {"", "short\n"}) {
      const Read at_once = read_all(before + text);
      const Read in_steps = read_all(before + text, ',', 60'001);

      EXPECT_EQ(at_once.rows, in_steps.rows) << size;
      EXPECT_EQ(at_once.bad, in_steps.bad) << size;
      EXPECT_EQ(at_once.bad.size(), 1U) << size;
      EXPECT_THAT(at_once.rows.back(), ElementsAre("next")) << size;
    }
  }
}

TEST(CsvReader, SetsAsideARowThatIsNotUtf8) {
  const Read read = read_all("Zoë,b\nZo\xEB,b\nc,d\n");

  EXPECT_THAT(read.bad, ElementsAre(testing::AllOf(HasSubstr("2: is not UTF-8"),
                                                   HasSubstr("iconv -f latin1"))));
  EXPECT_EQ(read.rows, (Rows{{"Zoë", "b"}, {"c", "d"}}));
}

TEST(CsvReader, SetsAsideARowWithANulByte) {
  const Read read = read_all(std::string("a\nb\0c\nd\n", 8));

  EXPECT_THAT(read.bad, ElementsAre(HasSubstr("2: holds a NUL byte")));
  EXPECT_EQ(read.rows, (Rows{{"a"}, {"d"}}));
}

TEST(CsvReader, GoesOnFromAMark) {
  const std::string text = "a,\"1\n2\"\r\nb,2\nc,3\n";
  TextBytes bytes(text);
  Window window(bytes);
  CsvReader reader(window, ',');
  ASSERT_TRUE(reader.next().has_value());
  const Mark mark = window.mark();
  TextBytes rest(text.substr(mark.offset));
  Window second_window(rest, mark);
  CsvReader second(second_window, ',');

  ASSERT_TRUE(second.next().has_value());

  EXPECT_THAT(second.fields(), ElementsAre("b", "2"));
  EXPECT_EQ(second.begin().line, 3U);
  ASSERT_TRUE(reader.next().has_value());
  EXPECT_EQ(second_window.mark(), window.mark());
}

struct SeparatorCase {
  std::string name, text;
  char want;
};
void PrintTo(const SeparatorCase& row, std::ostream* out) { *out << row.name; }
class DetectSeparator : public testing::TestWithParam<SeparatorCase> {};

TEST_P(DetectSeparator, FromTheFirstLine) {
  TextBytes bytes(GetParam().text);
  Window window(bytes);

  const Result<char> separator = detect_separator(window);

  ASSERT_TRUE(separator.has_value());
  EXPECT_EQ(*separator, GetParam().want);
  EXPECT_EQ(window.mark().offset, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Table, DetectSeparator,
    testing::Values(SeparatorCase{"Comma", "a,b;c,d\n;;;;;;", ','},
                    SeparatorCase{"Semicolon", "a;b;c,d\n", ';'},
                    SeparatorCase{"Tab", "a\tb\n", '\t'},
                    SeparatorCase{"NotInsideQuotes", "\"a,b,c\nd,e\";f\n,,,,", ';'},
                    SeparatorCase{"BehindEmptyLines", "\n\r\na;b\n", ';'},
                    SeparatorCase{"OneColumn", "a\n", ','}, SeparatorCase{"Nothing", "", ','}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace praxisync::csv
