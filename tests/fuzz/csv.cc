// CSV and lines of any file: what is read depends on the bytes alone, not on how they come in or
// where reading begins, and what is written reads back as it was. Bytes: the separator, the size of
// a chunk, the row at which reading begins again; the file.
#include <array>

#include "csv/csv_reader.h"
#include "csv/csv_writer.h"
#include "csv/line_reader.h"
#include "fuzz/fuzz.h"

namespace praxisync::fuzz {
namespace {

using csv::CsvReader;
using csv::LineReader;
using csv::Mark;
using csv::Window;

class Bytes final : public csv::ByteSource {
 public:
  Bytes(std::string_view text, std::size_t chunk) : rest_(text), chunk_(chunk) {}
  Result<std::size_t> read(std::span<char> room) override {
    const std::size_t size = std::min({rest_.size(), chunk_, room.size()});
    rest_.copy(room.data(), size);
    rest_.remove_prefix(size);
    return size;
  }

 private:
  std::string_view rest_;
  std::size_t chunk_;
};

struct Row {
  std::vector<std::string> fields{};
  std::string reason{};
  Mark begin{}, end{};
  csv::Ending ending = csv::Ending::Line;
  friend bool operator==(const Row&, const Row&) = default;
};

std::vector<Row> rows_of(std::string_view text, char separator, std::size_t chunk,
                         const Mark& from = {}) {
  Bytes bytes(text.substr(from.offset), chunk);
  Window window(bytes, from);
  CsvReader reader(window, separator);
  std::vector<Row> rows;
  while (true) {
    const Result<CsvReader::Read> read = reader.next();
    PRAXISYNC_CHECK(read.has_value(), "only a source fails");
    if (*read == CsvReader::Read::End) break;
    Row& row = rows.emplace_back();
    row.begin = reader.begin();
    row.end = window.mark();
    row.ending = reader.ending();
    PRAXISYNC_CHECK(row.begin.offset < row.end.offset, "each row takes something");
    if (*read == CsvReader::Read::Bad) {
      row.reason = reader.reason();
      check_shown(row.reason, 200);
      PRAXISYNC_CHECK(!row.reason.empty(), "a bad row says why");
    } else {
      row.fields.assign(reader.fields().begin(), reader.fields().end());
      PRAXISYNC_CHECK(!row.fields.empty(), "a row has a field");
    }
  }
  PRAXISYNC_CHECK(window.mark().offset == text.size(), "every byte is read");
  return rows;
}

std::vector<std::string> lines_of(std::string_view text, std::size_t chunk) {
  Bytes bytes(text, chunk);
  Window window(bytes);
  LineReader reader(window);
  std::vector<std::string> lines;
  for (Result<LineReader::Read> read = reader.next(); *read != LineReader::Read::End;
       read = reader.next()) {
    lines.emplace_back(*read == LineReader::Read::Line ? reader.line() : "too long");
    PRAXISYNC_CHECK(lines.back().find_first_of("\r\n") == std::string::npos, "a line is one");
  }
  return lines;
}

/// What of a file's head is looked at before it is read.
std::pair<char, std::uint64_t> head_of(std::string_view text, std::size_t chunk) {
  Bytes bytes(text, chunk);
  Window window(bytes);
  PRAXISYNC_CHECK(csv::skip_byte_order_mark(window), "only a source fails");
  const std::uint64_t skipped = window.mark().offset;
  return {*csv::detect_separator(window), skipped};
}

void check_writing(const std::vector<Row>& rows, char separator) {
  std::string written;
  std::vector<std::vector<std::string>> good;
  for (const Row& row : rows) {
    if (!row.reason.empty()) continue;
    good.push_back(row.fields);
    written += csv::csv_row(row.fields, separator);
  }
  const std::vector<Row> again = rows_of(written, separator, csv::kChunk);
  PRAXISYNC_CHECK(std::ranges::equal(again, good, {}, &Row::fields), "rows read back as they were");
  for (const auto& fields : good) {
    for (const std::string& field : fields) {
      const std::string safe = csv::without_formula(field);
      PRAXISYNC_CHECK(
          safe.empty() || std::string_view("=+-@\t\r\n").find(safe[0]) == std::string_view::npos,
          "no cell is a formula");
      PRAXISYNC_CHECK(csv::without_formula(safe) == safe && safe.ends_with(field), "or changed");
    }
  }
}

}  // namespace

void run(std::string_view input) {
  Pieces pieces(input);
  const char separator = std::string_view(",;\t")[pieces.below(3)];
  const std::size_t chunk = pieces.below(7) + 1;
  const std::size_t place = pieces.below(256);
  const std::string_view text = pieces.rest();

  const std::vector<Row> rows = rows_of(text, separator, csv::kChunk);

  PRAXISYNC_CHECK(rows_of(text, separator, chunk) == rows, "the same in chunks of any size");
  if (!rows.empty()) {
    const auto first = static_cast<std::ptrdiff_t>(place % rows.size());
    const std::vector<Row> rest =
        rows_of(text, separator, csv::kChunk, rows[place % rows.size()].begin);
    PRAXISYNC_CHECK(
        std::ranges::equal(rest, std::span(rows).subspan(static_cast<std::size_t>(first))),
        "the same from any row on");
  }
  PRAXISYNC_CHECK(lines_of(text, chunk) == lines_of(text, csv::kChunk), "lines likewise");
  PRAXISYNC_CHECK(head_of(text, chunk) == head_of(text, csv::kChunk), "and the file's head");
  check_writing(rows, separator);
}

}  // namespace praxisync::fuzz
