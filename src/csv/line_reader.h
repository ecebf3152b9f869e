/// Reads lines from a Window, however they end; empty ones are skipped, too long ones reported.
#pragma once

#include <string_view>

#include "csv/window.h"
#include "domain/result.h"

namespace praxisync::csv {

class LineReader {
 public:
  enum class Read { Line, TooLong, End };

  /// `window` is borrowed and stands at the start of a line.
  explicit LineReader(Window& window) : window_(window) {}

  /// Fails only when the source does.
  Result<Read> next();

  /// Without its end; valid until the next call of next().
  std::string_view line() const { return line_; }
  const Mark& begin() const { return begin_; }
  Ending ending() const { return ending_; }

 private:
  Window& window_;
  std::string_view line_;
  Mark begin_;
  Ending ending_ = Ending::Line;
};

}  // namespace praxisync::csv
