/// What an instance reads, page by page: which file and which place come next, and whether a file
/// is still the one that was read before. It keeps nothing between two calls.
///
/// A file that was read to its end is not read again while its inode, size and time of change stay
/// the same. When they differ, a digest of what was read tells a longer file (only the rest is
/// read) from one that was edited or replaced (a new sweep from the first file on). In a folder, a
/// file that came, went or changed before the last one means a new sweep too.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "connectors/file/layout.h"
#include "connectors/file/listing.h"
#include "connectors/file/position.h"
#include "domain/application.h"
#include "domain/result.h"

namespace praxisync::file {

class Source {
 public:
  /// At most `page_size` records a page, and about 8 MiB of the file.
  Source(std::filesystem::path path, Layout layout, std::size_t page_size)
      : path_(std::move(path)), layout_(std::move(layout)), page_size_(page_size) {}

  /// As Connector::pull; `results` is never read as input.
  Result<ApplicationPage> pull(const Cursor& after, const std::filesystem::path& results) const;

 private:
  /// Where a page begins.
  struct Start {
    Phase phase = Phase::Sweep;
    std::optional<Mark> mark{};  ///< none: with a new sweep
    std::size_t index = 0;
    OpenFile file;
  };
  /// Where reading stopped within a file.
  struct Stop {
    Position position;
    std::optional<Mark> unfinished{};  ///< where a last row without a line end begins
    bool file_ended = false;
  };

  Result<Start> find_start(const std::vector<InputFile>& files, const Cursor& after) const;
  Result<Start> new_sweep(const std::vector<InputFile>& files) const;
  Result<ApplicationPage> read_page(const std::vector<InputFile>& files, const Start& start) const;
  Result<Stop> read_file(ApplicationPage& page, const std::vector<InputFile>& files,
                         const Start& start) const;
  Position position_in(const std::vector<InputFile>& files, const Start& start) const;

  std::filesystem::path path_;
  Layout layout_;
  std::size_t page_size_;
};

}  // namespace praxisync::file
