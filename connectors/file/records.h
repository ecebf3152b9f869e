/// One input file as applications and set-aside records, whatever its format.
#pragma once

#include <memory>
#include <optional>

#include "connectors/file/file_bytes.h"
#include "connectors/file/layout.h"
#include "connectors/file/open_file.h"
#include "domain/application.h"
#include "domain/result.h"

namespace praxisync::file {

class RecordReader {
 public:
  enum class Read { Record, End };

  virtual ~RecordReader() = default;

  /// Adds the next record to `page`, among its applications or among those set aside; End when
  /// there is none. Transient when the file cannot be read on.
  virtual Result<Read> next(ApplicationPage& page) = 0;

  /// Where the record read last begins, and how it ended.
  virtual const Mark& begin() const = 0;
  virtual Ending ending() const = 0;
  /// Where the next one begins.
  virtual const Mark& mark() const = 0;
  /// Whether nothing follows at all.
  virtual Result<bool> at_end() = 0;
};

/// Reads `file`, which is borrowed, from `from` on, a mark that an earlier reader of the same file
/// gave; from its first record without one. Malformed when it is no file of that kind: another
/// encoding, a column missing, one big JSON list.
Result<std::unique_ptr<RecordReader>> open_records(const OpenFile& file, const Layout& layout,
                                                   const std::optional<Mark>& from);

}  // namespace praxisync::file
