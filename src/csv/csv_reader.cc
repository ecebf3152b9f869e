#include "csv/csv_reader.h"

#include <algorithm>
#include <cstring>

#include "domain/text.h"

namespace praxisync::csv {
namespace {

bool is_ascii(std::string_view bytes) {
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    if ((word & 0x8080808080808080U) != 0) return false;
  }
  return std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.end(),
                     [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

/// Makes each pair of quotes one, in place.
std::string_view undouble(std::span<char> text) {
  std::size_t to = 0;
  for (std::size_t from = 0; from < text.size(); ++from) {
    text[to++] = text[from];
    if (text[from] == '"') ++from;
  }
  return {text.data(), to};
}

}  // namespace

CsvReader::CsvReader(Window& window, char separator) : window_(window), separator_(separator) {
  for (const char stop : {separator, '\r', '\n'}) stops_[static_cast<unsigned char>(stop)] = true;
}

Result<CsvReader::Read> CsvReader::next() {
  while (true) {
    Result<bool> end = window_.at_end();
    if (!end) return std::move(end).error();
    if (*end) return Read::End;

    begin_ = window_.mark();
    Result<Scan> scan = scan_row();
    if (!scan) return std::move(scan).error();
    if (*scan != Scan::Row) return skip_bad_row(*scan);
    if (!is_empty_line()) return finish_row();
    window_.take(row_size_, ending_ == Ending::Line ? 1 : 0);
  }
}

bool CsvReader::is_empty_line() const {
  return cells_.size() == 1 && !cells_[0].quoted && cells_[0].begin == cells_[0].end;
}

/// Whether the row has a byte at `at`; reads on where it must.
Result<bool> CsvReader::reaches(std::size_t at) {
  while (at >= window_.size()) {
    Result<bool> grown = window_.grow();
    if (!grown || !*grown) return grown;
  }
  return true;
}

Result<CsvReader::Scan> CsvReader::scan_row() {
  cells_.clear();
  std::size_t at = 0;
  while (true) {
    Cell cell{.begin = at, .end = at, .quoted = false, .doubled = false};
    Result<bool> there = reaches(at);
    if (!there) return std::move(there).error();
    cell.quoted = *there && window_.data()[at] == '"';
    Result<Scan> scan = cell.quoted ? scan_quoted(at, cell) : scan_plain(at, cell);
    if (!scan || *scan != Scan::Row) return scan;
    cells_.push_back(cell);

    if (at >= window_.size()) {  // both scans read on before they leave: this is the file's end
      ending_ = Ending::File;
      break;
    }
    const char stop = window_.data()[at++];
    if (stop == separator_) continue;
    ending_ = Ending::Line;
    if (stop == '\r') {
      there = reaches(at);
      if (!there) return std::move(there).error();
      if (*there && window_.data()[at] == '\n') ++at;
    }
    break;
  }
  row_size_ = at;
  return Scan::Row;
}

Result<CsvReader::Scan> CsvReader::scan_plain(std::size_t& at, Cell& cell) {
  while (true) {
    const char* const bytes = window_.data();
    const std::size_t limit = std::min(window_.size(), kRowLimit);
    while (at < limit && !stops_[static_cast<unsigned char>(bytes[at])]) ++at;
    cell.end = at;
    if (at < limit) return Scan::Row;
    if (at >= kRowLimit) return Scan::TooLong;
    Result<bool> there = reaches(at);
    if (!there) return std::move(there).error();
    if (!*there) return Scan::Row;
  }
}

Result<CsvReader::Scan> CsvReader::scan_quoted(std::size_t& at, Cell& cell) {
  quote_at_ = at;
  cell.begin = ++at;
  while (true) {
    const std::size_t limit = std::min(window_.size(), kRowLimit);
    const char* const from = window_.data() + at;
    const void* const found = at < limit ? std::memchr(from, '"', limit - at) : nullptr;
    if (found == nullptr) {
      at = std::max(at, limit);
      if (at >= kRowLimit) return Scan::Unclosed;
      Result<bool> there = reaches(at);
      if (!there) return std::move(there).error();
      if (!*there) return Scan::UnclosedAtEnd;
      continue;
    }
    cell.end = at + static_cast<std::size_t>(static_cast<const char*>(found) - from);
    at = cell.end + 1;
    Result<bool> there = reaches(at);
    if (!there) return std::move(there).error();
    if (!*there) return Scan::Row;
    const char after = window_.data()[at];
    if (after != '"') {
      return stops_[static_cast<unsigned char>(after)] ? Scan::Row : Scan::TextAfterQuote;
    }
    cell.doubled = true;
    ++at;
  }
}

CsvReader::Read CsvReader::finish_row() {
  unclosed_ = false;
  const bool quoted =
      std::any_of(cells_.begin(), cells_.end(), [](const Cell& c) { return c.quoted; });
  const std::uint64_t ends = ending_ == Ending::Line ? 1 : 0;
  const std::uint64_t lines = quoted ? count_line_ends(window_.view().substr(0, row_size_)) : ends;
  const std::span<char> raw = window_.take(row_size_, lines);
  reason_ = fault({raw.data(), raw.size()});
  if (!reason_.empty()) return Read::Bad;

  fields_.clear();
  for (const Cell& cell : cells_) {
    const std::span<char> text = raw.subspan(cell.begin, cell.end - cell.begin);
    fields_.push_back(cell.doubled ? undouble(text) : std::string_view(text.data(), text.size()));
  }
  return Read::Row;
}

std::string CsvReader::fault(std::string_view raw) const {
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (cells_[i].end - cells_[i].begin > kFieldLimit) {
      return "field " + std::to_string(i + 1) +
             " is longer than 64 KiB; shorten it or leave its column out";
    }
  }
  return fault_of_bytes(raw);
}

std::string fault_of_bytes(std::string_view raw) {
  if (raw.find('\0') != std::string_view::npos)
    return "holds a NUL byte; export the file anew as UTF-8 text";
  if (!is_ascii(raw) && !is_utf8(raw)) {
    return "is not UTF-8; export the file as UTF-8 or convert it: iconv -f latin1 -t utf-8 IN > "
           "OUT";
  }
  return {};
}

/// Goes on with the line after the one where the trouble began: a quote that was never closed must
/// not swallow the rows behind it.
Result<CsvReader::Read> CsvReader::skip_bad_row(Scan trouble) {
  const std::string field = "field " + std::to_string(cells_.size() + 1);
  Result<Ending> skipped = window_.skip_line(trouble == Scan::TooLong ? kRowLimit : quote_at_);
  if (!skipped) return std::move(skipped).error();
  unclosed_ = trouble == Scan::UnclosedAtEnd;
  ending_ = unclosed_ ? Ending::File : *skipped;
  switch (trouble) {
    case Scan::Row:
    case Scan::TooLong:
      reason_ = "the row is longer than 1 MiB";
      break;
    case Scan::Unclosed:
      reason_ = "the quote that opens " + field + " is not closed within 1 MiB";
      break;
    case Scan::UnclosedAtEnd:
      reason_ = "the quote that opens " + field + " is not closed before the file ends";
      break;
    case Scan::TextAfterQuote:
      reason_ = field + " has text after its closing quote; inside quotes a quote is written twice";
      break;
  }
  reason_ += "; reading went on at line " + std::to_string(window_.mark().line);
  return Read::Bad;
}

Result<char> detect_separator(Window& window) {
  static constexpr std::string_view kSeparators = ",;\t";
  std::array<std::size_t, kSeparators.size()> counts{};
  bool in_quotes = false;
  bool seen_text = false;
  for (std::size_t at = 0; at < kFieldLimit; ++at) {
    if (at >= window.size()) {
      Result<bool> grown = window.grow();
      if (!grown) return std::move(grown).error();
      if (!*grown) break;
    }
    const char byte = window.data()[at];
    const bool line_end = byte == '\r' || byte == '\n';
    if (line_end && !in_quotes && seen_text) break;
    if (line_end) continue;
    seen_text = true;
    if (byte == '"') in_quotes = !in_quotes;
    const std::size_t which = kSeparators.find(byte);
    if (!in_quotes && which != std::string_view::npos) ++counts[which];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return kSeparators[static_cast<std::size_t>(most - counts.begin())];
}

Result<void> skip_byte_order_mark(Window& window) {
  static constexpr std::string_view kMark = "\xEF\xBB\xBF";
  // A pipe may give less than that at once.
  while (window.size() < kMark.size() && kMark.starts_with(window.view())) {
    Result<bool> grown = window.grow();
    if (!grown) return std::move(grown).error();
    if (!*grown) break;
  }
  if (window.view().starts_with(kMark)) window.take(kMark.size(), 0);
  return {};
}

}  // namespace praxisync::csv
