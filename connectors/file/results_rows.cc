#include "connectors/file/results_rows.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "connectors/file/file_bytes.h"
#include "csv/csv_reader.h"
#include "csv/csv_writer.h"
#include "domain/text.h"

namespace praxisync::file {
namespace {

constexpr std::size_t kCellLimit = 32'767;
constexpr std::string_view kMarkerStart = "px:";

/// `text` as a cell that can be read back: the reader refuses what is not UTF-8 text.
std::string cell(std::string_view text) {
  std::string safe = is_utf8(text) ? std::string(text) : printable(text, text.size());
  std::replace(safe.begin(), safe.end(), '\0', ' ');
  return csv::without_formula(safe);
}

std::string passed_cell(Verdict verdict) {
  return verdict == Verdict::Passed ? "true" : verdict == Verdict::Failed ? "false" : "";
}

/// A row without its line end is whole if its last cell, a time, is: an editor may have saved it
/// so.
bool is_whole_row(const csv::CsvReader& reader) {
  const auto fields = reader.fields();
  if (fields.size() != results_columns().size()) return false;
  return reader.ending() == Ending::Line ||
         (fields.back().ends_with('Z') && parse_timestamp(fields.back()).has_value());
}

bool is_header(std::span<const std::string_view> fields) {
  return std::equal(fields.begin(), fields.end(), results_columns().begin(),
                    results_columns().end());
}

/// Reads the rows of a results file, its header checked and passed.
class Rows {
 public:
  explicit Rows(const Descriptor& file) : bytes_(file, 0), window_(bytes_) {}

  /// False when the file is empty.
  Result<bool> pass_header(const std::string& name) {
    Result<void> skipped = csv::skip_byte_order_mark(window_);
    if (!skipped) return std::move(skipped).error();
    Result<char> separator = csv::detect_separator(window_);
    if (!separator) return std::move(separator).error();
    separator_ = *separator;
    csv::CsvReader reader(window_, separator_);
    Result<csv::CsvReader::Read> read = reader.next();
    if (!read) return std::move(read).error();
    if (*read == csv::CsvReader::Read::End) return false;
    if (*read == csv::CsvReader::Read::Row && is_header(reader.fields())) return true;
    return Error{ErrorKind::Transient,
                 name + " does not start as a results file does; name another file in 'results'"};
  }

  csv::CsvReader reader() { return {window_, separator_}; }
  char separator() const { return separator_; }

 private:
  FileBytes bytes_;
  Window window_;
  char separator_ = ',';
};

/// Whether the bytes from `offset` on start as one of our rows does, or as far as they go.
Result<bool> starts_as_ours(const Descriptor& file, std::uint64_t offset) {
  std::array<char, kMarkerStart.size()> start{};
  Result<std::size_t> got = read_at(file, offset, start);
  if (!got) return std::move(got).error();
  return kMarkerStart.starts_with(std::string_view(start.data(), *got));
}

/// Whether all there is, is the start of a header.
Result<bool> is_cut_header(const Descriptor& file) {
  const std::string header = csv::csv_row(results_columns());
  std::string start(header.size(), ' ');
  Result<std::size_t> got = read_at(file, 0, start);
  if (!got) return std::move(got).error();
  return *got + 1 < header.size() && header.starts_with(std::string_view(start).substr(0, *got));
}

Result<bool> ends_in_line_end(const Descriptor& file, std::uint64_t size) {
  std::array<char, 1> last{};
  Result<std::size_t> got = read_at(file, size - 1, last);
  if (!got) return std::move(got).error();
  return last[0] == '\n' || last[0] == '\r';
}

}  // namespace

const std::vector<std::string>& results_columns() {
  static const std::vector<std::string> names = {
      "marker", "application_id", "candidate_id",     "email",  "route",      "outcome",
      "action", "value",          "score_percentage", "passed", "report_url", "at"};
  return names;
}

Result<std::string> results_row(const WriteBack& action, char separator) {
  const Outcome& outcome = action.outcome;
  const std::string value =
      action.kind == ActionKind::Field ? action.field + "=" + action.value : action.value;
  const std::vector<std::string> cells = {
      cell(action.marker),
      cell(action.application.text()),
      cell(action.candidate.text()),
      cell(action.email),
      cell(action.route.text()),
      std::string(to_string(outcome.verdict)),
      std::string(to_string(action.kind)),
      cell(value),
      outcome.score_percentage ? format_score(*outcome.score_percentage) : "",
      passed_cell(outcome.verdict),
      cell(outcome.report_url),
      format_timestamp(action.at)};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].size() > kCellLimit) {
      return Error{ErrorKind::Rejected,
                   results_columns()[i] + " is longer than the 32,767 bytes of a cell; shorten it"};
    }
  }
  return csv::csv_row(cells, separator);
}

Result<Tail> find_tail(const Descriptor& file, const std::string& name, std::uint64_t size) {
  Result<bool> cut_header = is_cut_header(file);
  if (!cut_header) return std::move(cut_header).error();
  if (*cut_header) return Tail{};
  Rows rows(file);
  Result<bool> there = rows.pass_header(name);
  if (!there) return std::move(there).error();
  if (!*there) return Tail{};  // nothing but empty lines: it begins anew, with its header

  std::uint64_t cut = size;  // where the record that the file's end cuts short begins
  std::optional<csv::Mark> unclosed;
  csv::CsvReader reader = rows.reader();
  while (true) {
    Result<csv::CsvReader::Read> read = reader.next();
    if (!read) return std::move(read).error();
    if (*read == csv::CsvReader::Read::End) break;
    if (reader.is_unclosed() && !unclosed) unclosed = reader.begin();
    if (*read == csv::CsvReader::Read::Row && is_whole_row(reader)) {
      cut = size;
    } else if (reader.ending() == Ending::File && cut == size) {
      cut = reader.begin().offset;
    }
  }

  Tail tail{.separator = rows.separator(), .keep = size};
  Result<bool> ours = starts_as_ours(file, cut);
  if (!ours) return std::move(ours).error();
  if (cut < size && *ours) tail.keep = cut;
  if (unclosed && unclosed->offset < tail.keep) tail.open_quote = unclosed->line;
  if (tail.keep < size) return tail;
  Result<bool> line_end = ends_in_line_end(file, size);
  if (!line_end) return std::move(line_end).error();
  tail.needs_line_end = !*line_end;
  return tail;
}

Result<bool> has_row(const Descriptor& file, const std::string& name, std::string_view marker) {
  Result<bool> cut_header = is_cut_header(file);
  if (!cut_header) return cut_header;
  if (*cut_header) return false;
  Rows rows(file);
  Result<bool> there = rows.pass_header(name);
  if (!there || !*there) return there;
  csv::CsvReader reader = rows.reader();
  while (true) {
    Result<csv::CsvReader::Read> read = reader.next();
    if (!read) return std::move(read).error();
    if (*read == csv::CsvReader::Read::End) return false;
    if (*read == csv::CsvReader::Read::Row && is_whole_row(reader) &&
        reader.fields()[0] == marker) {
      return true;
    }
  }
}

}  // namespace praxisync::file
