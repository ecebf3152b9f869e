/// Reads CSV as RFC 4180 has it, row by row from a Window: quotes, doubled quotes, separators and
/// newlines inside quotes, LF, CRLF or CR, a last line without newline; empty lines are skipped. A
/// quote in the middle of an unquoted field is an ordinary character. A bad row is reported and the
/// next one read: what is bad depends on the bytes alone, never on where reading began or how they
/// came in.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "csv/window.h"
#include "domain/result.h"

namespace praxisync::csv {

class CsvReader {
 public:
  enum class Read { Row, Bad, End };

  /// `window` is borrowed and stands at the start of a row.
  CsvReader(Window& window, char separator);

  /// Fails only when the source does.
  Result<Read> next();

  /// The row's fields, at least one; valid until the next call of next().
  std::span<const std::string_view> fields() const { return fields_; }
  /// Why the row is Bad, and how to mend it; holds nothing of its text.
  const std::string& reason() const { return reason_; }
  /// Where the row begins.
  const Mark& begin() const { return begin_; }
  /// File also where a quote is still open at the file's end.
  Ending ending() const { return ending_; }
  /// Whether the row is Bad for a quote that is open until the file ends: bytes that are appended
  /// behind it may become part of it.
  bool is_unclosed() const { return unclosed_; }

 private:
  enum class Scan { Row, TooLong, Unclosed, UnclosedAtEnd, TextAfterQuote };
  struct Cell {
    std::size_t begin, end;  ///< without the outer quotes, counted from the row's start
    bool quoted, doubled;
  };

  Result<Scan> scan_row();
  Result<Scan> scan_plain(std::size_t& at, Cell& cell);
  Result<Scan> scan_quoted(std::size_t& at, Cell& cell);
  Result<bool> reaches(std::size_t at);
  Read finish_row();
  Result<Read> skip_bad_row(Scan trouble);
  std::string fault(std::string_view raw) const;
  bool is_empty_line() const;

  Window& window_;
  const char separator_;
  std::array<bool, 256> stops_{};
  Mark begin_;
  Ending ending_ = Ending::Line;
  bool unclosed_ = false;
  std::size_t row_size_ = 0;
  std::size_t quote_at_ = 0;
  std::vector<Cell> cells_;
  std::vector<std::string_view> fields_;
  std::string reason_;
};

/// The likeliest of comma, semicolon and tab, from the first line that is not empty; nothing is
/// taken.
Result<char> detect_separator(Window& window);

/// Takes a byte order mark of UTF-8 where there is one.
Result<void> skip_byte_order_mark(Window& window);

/// What is wrong with a row's bytes whatever its format, or empty.
std::string fault_of_bytes(std::string_view raw);

}  // namespace praxisync::csv
