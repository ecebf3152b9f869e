/// The part of a file that is being looked at: bytes come in at its end in chunks and leave at its
/// start, row by row, so that no file is ever held whole. It counts lines and keeps the digest of
/// all that left it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "csv/digest.h"
#include "domain/result.h"

namespace praxisync::csv {

inline constexpr std::size_t kChunk = 64 * 1024;
inline constexpr std::size_t kFieldLimit = 64 * 1024;
inline constexpr std::size_t kRowLimit = 1024 * 1024;

/// A place between two rows.
struct Mark {
  std::uint64_t offset = 0;
  std::uint64_t line = 1;
  Digest digest{};  ///< of all bytes before it
  friend bool operator==(const Mark&, const Mark&) = default;
};

/// How a row ended: at the file's end it may be the start of a longer one that is still being
/// written.
enum class Ending { Line, File };

/// Bytes in order, from somewhere.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// The next bytes, at most `room.size()`; 0 only at the end.
  virtual Result<std::size_t> read(std::span<char> room) = 0;
};

class Window {
 public:
  /// `source` is borrowed and stands at `start`.
  explicit Window(ByteSource& source, const Mark& start = {});

  const char* data() const { return buffer_.get() + begin_; }
  std::size_t size() const { return end_ - begin_; }
  std::string_view view() const { return {data(), size()}; }

  /// Where the first byte of the window stands.
  const Mark& mark() const { return mark_; }

  /// Brings in one more chunk; false when the source has ended. Moves data().
  Result<bool> grow();
  /// Whether there are no bytes left, in the window or behind it.
  Result<bool> at_end();
  /// Lets go of the first `count` bytes, which hold `line_ends`; they can be read, and written to,
  /// until the next grow().
  std::span<char> take(std::size_t count, std::uint64_t line_ends);
  /// Lets go of everything up to and with the first line end at `from` or after it.
  Result<Ending> skip_line(std::size_t from);

 private:
  ByteSource& source_;
  Mark mark_;
  std::unique_ptr<char[]> buffer_;  ///< not cleared: most files are shorter than its first room
  std::size_t room_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

/// Lines that end in `bytes`: LF, CRLF and a CR alone are one each.
std::uint64_t count_line_ends(std::string_view bytes);

}  // namespace praxisync::csv
