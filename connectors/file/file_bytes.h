/// Bytes of files of the operating system, for the readers of src/csv, and the words of those that
/// this folder uses.
#pragma once

#include <cstdint>
#include <span>

#include "connectors/file/open_file.h"
#include "csv/window.h"
#include "domain/result.h"

namespace praxisync::file {

using csv::ByteSource;
using csv::Digest;
using csv::Ending;
using csv::kChunk;
using csv::kFieldLimit;
using csv::kRowLimit;
using csv::Mark;
using csv::Window;

/// The bytes of an open file, from `offset` on. The descriptor is borrowed.
class FileBytes final : public ByteSource {
 public:
  FileBytes(const Descriptor& file, std::uint64_t offset) : file_(file), offset_(offset) {}
  Result<std::size_t> read(std::span<char> room) override;

 private:
  const Descriptor& file_;
  std::uint64_t offset_;
};

/// The digest of a file's first `count` bytes; Transient when it cannot be read, and the digest of
/// less when it is shorter.
Result<Digest> digest_of(const Descriptor& file, std::uint64_t count);

}  // namespace praxisync::file
