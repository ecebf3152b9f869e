#include "connectors/file/file_bytes.h"

#include <algorithm>
#include <vector>

namespace praxisync::file {

Result<std::size_t> FileBytes::read(std::span<char> room) {
  Result<std::size_t> got = read_at(file_, offset_, room);
  if (got) offset_ += *got;
  return got;
}

Result<Digest> digest_of(const Descriptor& file, std::uint64_t count) {
  std::vector<char> chunk(static_cast<std::size_t>(std::min<std::uint64_t>(kChunk, count)));
  Digest digest;
  for (std::uint64_t offset = 0; offset < count;) {
    const std::size_t wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(kChunk, count - offset));
    Result<std::size_t> got = read_at(file, offset, std::span(chunk).first(wanted));
    if (!got) return std::move(got).error();
    if (*got == 0) break;
    digest.add({chunk.data(), *got});
    offset += *got;
  }
  return digest;
}

}  // namespace praxisync::file
