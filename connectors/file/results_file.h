/// The file that write-backs are appended to, one CSV row an action. A row is there whole or not at
/// all: it goes out in one write under a lock, is flushed to the disk before `append` returns, and
/// what a crash left of a row is cut off before the next one. Rows of others, and rows that a
/// person edited, are never touched. Several processes may append to one file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "connectors/file/open_file.h"
#include "connectors/file/results_rows.h"
#include "domain/clock.h"
#include "domain/result.h"
#include "domain/write_back.h"

namespace praxisync::file {

class ResultsFile {
 public:
  /// The file is made, readable by its owner alone, with the first row. `clock` times the wait for
  /// the lock.
  ResultsFile(std::filesystem::path path, Clock& clock);

  const std::filesystem::path& path() const { return path_; }

  /// Transient: no row was added (no such folder, no right to write, disk full, locked for 5 s, not
  /// a results file, or somebody left a quote open that the row would close). OutcomeUnknown: it
  /// may have been. Rejected: a cell is longer than 32,767 bytes.
  Result<void> append(const WriteBack& action);

  /// Whether there is a whole row with that marker; reads the file from its start.
  Result<bool> holds(std::string_view marker) const;

 private:
  Result<void> open();
  Result<void> mend(std::uint64_t size);
  Result<void> write_row(const WriteBack& action);

  std::filesystem::path path_;
  std::string name_;
  Clock& clock_;
  Descriptor file_;
  std::uint64_t inode_ = 0;
  Tail tail_;  ///< as this object left the file, or found it
};

}  // namespace praxisync::file
