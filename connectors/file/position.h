/// How far an instance has read, as the cursor that the engine keeps for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "connectors/file/file_bytes.h"
#include "connectors/file/open_file.h"
#include "domain/ids.h"

namespace praxisync::file {

enum class Phase {
  Sweep,  ///< in the middle of a full listing
  Tail,   ///< in the middle of what was appended after one
  Done,   ///< everything has been read
};

struct Position {
  Phase phase = Phase::Sweep;
  std::uint64_t layout = 0;   ///< Layout::digest() of the settings that were read with
  std::uint64_t earlier = 0;  ///< a digest of the names and stamps of the files before this one
  std::string file;           ///< its name, without the folder
  FileStamp stamp;            ///< when it was opened
  Mark mark;                  ///< where reading goes on
  std::uint64_t seen =
      0;  ///< the bytes that were read, which may end with an unfinished row after `mark`
  Digest seen_digest{};  ///< of those bytes

  /// "v1;sweep;…": printable ASCII without spaces.
  Cursor cursor() const;
  /// nullopt when it is not of this form, or of a later one.
  static std::optional<Position> parse(const Cursor& cursor);

  friend bool operator==(const Position&, const Position&) = default;
};

}  // namespace praxisync::file
