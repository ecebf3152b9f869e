#include "csv/window.h"

#include <algorithm>
#include <cstring>

namespace praxisync::csv {

Window::Window(ByteSource& source, const Mark& start) : source_(source), mark_(start) {}

Result<bool> Window::grow() {
  const std::size_t left = size();
  if (room_ - left < kChunk) {
    room_ = std::max(room_ * 2, left + kChunk);
    auto larger = std::make_unique_for_overwrite<char[]>(room_);
    std::copy_n(data(), left, larger.get());
    buffer_ = std::move(larger);
  } else {
    std::memmove(buffer_.get(), data(), left);
  }
  begin_ = 0;
  end_ = left;
  Result<std::size_t> got = source_.read({buffer_.get() + end_, kChunk});
  if (!got) return std::move(got).error();
  end_ += *got;
  return *got > 0;
}

Result<bool> Window::at_end() {
  if (size() > 0) return false;
  Result<bool> grown = grow();
  if (!grown) return grown;
  return !*grown;
}

std::span<char> Window::take(std::size_t count, std::uint64_t line_ends) {
  const std::span<char> taken{buffer_.get() + begin_, count};
  mark_.digest.add({taken.data(), taken.size()});
  mark_.offset += count;
  mark_.line += line_ends;
  begin_ += count;
  return taken;
}

Result<Ending> Window::skip_line(std::size_t from) {
  std::size_t at = view().find_first_of("\r\n", from);
  while (at == std::string_view::npos) {
    take(size(), count_line_ends(view()));
    Result<bool> grown = grow();
    if (!grown) return std::move(grown).error();
    if (!*grown) return Ending::File;
    at = view().find_first_of("\r\n");
  }
  if (data()[at] == '\r' && at + 1 == size()) {
    Result<bool> grown = grow();
    if (!grown) return std::move(grown).error();
  }
  const bool crlf = data()[at] == '\r' && at + 1 < size() && data()[at + 1] == '\n';
  const std::size_t count = at + (crlf ? 2 : 1);
  take(count, count_line_ends(view().substr(0, count)));
  return Ending::Line;
}

std::uint64_t count_line_ends(std::string_view bytes) {
  std::uint64_t lines = 0;
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos;
       at = bytes.find('\n', at + 1))
    ++lines;
  for (std::size_t at = bytes.find('\r'); at != std::string_view::npos;
       at = bytes.find('\r', at + 1)) {
    if (at + 1 == bytes.size() || bytes[at + 1] != '\n') ++lines;
  }
  return lines;
}

}  // namespace praxisync::csv
