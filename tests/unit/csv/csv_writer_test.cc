#include "csv/csv_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "csv/csv_reader.h"
#include "domain/random.h"
#include "unit/csv/text_bytes.h"

namespace praxisync::csv {
namespace {

using Cells = std::vector<std::string>;

TEST(CsvWriter, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(csv_row(Cells{"plain", "a,b", "a;b", "say \"hi\"", "two\nlines", " padded", "", "a'b"}),
            "plain,\"a,b\",\"a;b\",\"say \"\"hi\"\"\",\"two\nlines\",\" padded\",,a'b\n");
}

TEST(CsvWriter, WritesOneEmptyCellAsARow) { EXPECT_EQ(csv_row(Cells{""}), "\"\"\n"); }

TEST(CsvWriter, DisarmsWhatASpreadsheetWouldRun) {
  for (const std::string text : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"}) {
    EXPECT_EQ(without_formula(text), "'" + text);
  }
  for (const std::string text : {"", "a=1", "1-1", "px:abc", "ada@example.org"}) {
    EXPECT_EQ(without_formula(text), text);
  }
}

std::string random_cell(Random& random) {
  static const std::vector<std::string> kPieces = {
      "a",    "B",  "7", "\"", "\"\"", ",", ";", "\t",  "\n",
      "\r\n", "\r", " ", "é",  "日",   "'", "=", "px:", "long piece of text"};
  std::string cell;
  for (std::uint64_t i = random.below(8); i > 0; --i) cell += kPieces[random.below(kPieces.size())];
  return cell;
}

TEST(CsvWriter, WritesWhatTheReaderReadsBack) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    SeededRandom random(seed);
    const char separator = std::string_view(",;\t")[random.below(3)];
    const std::string line_end = std::vector<std::string>{"\n", "\r\n", "\r"}[random.below(3)];
    const std::size_t width = 1 + random.below(5);
    std::vector<Cells> rows(random.below(20));
    std::string text;
    for (Cells& row : rows) {
      for (std::size_t i = 0; i < width; ++i) row.push_back(random_cell(random));
      text += csv_row(row, separator, line_end);
    }
    TextBytes bytes(text, 1 + random.below(50));
    Window window(bytes);
    CsvReader reader(window, separator);

    std::vector<Cells> read_back;
    Result<CsvReader::Read> read = reader.next();
    while (read && *read == CsvReader::Read::Row) {
      read_back.emplace_back(reader.fields().begin(), reader.fields().end());
      read = reader.next();
    }

    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(*read, CsvReader::Read::End) << reader.reason();
    EXPECT_EQ(read_back, rows);
  }
}

}  // namespace
}  // namespace praxisync::csv
