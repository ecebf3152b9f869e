#include "csv/line_reader.h"

namespace praxisync::csv {

Result<LineReader::Read> LineReader::next() {
  while (true) {
    Result<bool> end = window_.at_end();
    if (!end) return std::move(end).error();
    if (*end) return Read::End;

    begin_ = window_.mark();
    std::size_t from = 0;
    std::size_t at = window_.view().find_first_of("\r\n");
    while (at == std::string_view::npos && window_.size() <= kRowLimit) {
      from = window_.size();
      Result<bool> grown = window_.grow();
      if (!grown) return std::move(grown).error();
      if (!*grown) break;
      at = window_.view().find_first_of("\r\n", from);
    }
    const bool whole = at != std::string_view::npos;
    const std::size_t length = whole ? at : window_.size();
    if (length > kRowLimit) {
      Result<Ending> skipped = window_.skip_line(kRowLimit);
      if (!skipped) return std::move(skipped).error();
      ending_ = *skipped;
      return Read::TooLong;
    }

    std::size_t count = length + (whole ? 1 : 0);
    if (whole && window_.data()[at] == '\r') {
      if (count == window_.size()) {
        Result<bool> grown = window_.grow();
        if (!grown) return std::move(grown).error();
      }
      if (count < window_.size() && window_.data()[count] == '\n') ++count;
    }
    ending_ = whole ? Ending::Line : Ending::File;
    line_ = {window_.take(count, whole ? 1 : 0).data(), length};
    if (length > 0) return Read::Line;
  }
}

}  // namespace praxisync::csv
