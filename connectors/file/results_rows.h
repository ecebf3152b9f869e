/// The rows of a results file: how an action becomes one, and where the last whole one ends.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/file/open_file.h"
#include "domain/result.h"
#include "domain/write_back.h"

namespace praxisync::file {

/// The names in the header.
const std::vector<std::string>& results_columns();

/// The action as one row with its line end, its cells safe to open in a spreadsheet. Rejected when
/// a cell is longer than a spreadsheet can hold (32,767 bytes).
Result<std::string> results_row(const WriteBack& action, char separator);

/// What a results file ends with.
struct Tail {
  char separator = ',';    ///< a spreadsheet may have saved the file with another one
  std::uint64_t keep = 0;  ///< what follows is the start of a row of ours that a crash cut short
  bool needs_line_end = false;  ///< before another row is appended
  /// The line of a row that leaves a quote open, 0: none does. A quote in what is appended would
  /// close it, and become part of that row.
  std::uint64_t open_quote = 0;
};

/// Reads the file from its start; keeps nothing of one without a row. Transient when it is not a
/// results file, so as not to spoil it.
Result<Tail> find_tail(const Descriptor& file, const std::string& name, std::uint64_t size);

/// Whether there is a whole row with that marker.
Result<bool> has_row(const Descriptor& file, const std::string& name, std::string_view marker);

}  // namespace praxisync::file
