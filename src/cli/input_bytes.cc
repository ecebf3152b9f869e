#include "cli/input_bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "domain/text.h"

namespace praxisync::cli {
namespace {

Error cannot_read(const std::string& name) {
  return {ErrorKind::Rejected,
          fmt::format("{} cannot be read: {}", printable(name, 200), std::strerror(errno))};
}

}  // namespace

Result<InputBytes> InputBytes::open(const std::string& name) {
  if (name == "-") return InputBytes(STDIN_FILENO, "standard input");
  const int file = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return cannot_read(name);
  return InputBytes(file, name);
}

InputBytes::InputBytes(InputBytes&& other) noexcept
    : file_(std::exchange(other.file_, -1)), name_(std::move(other.name_)) {}

InputBytes::~InputBytes() {
  if (file_ > STDERR_FILENO) ::close(file_);
}

Result<std::size_t> InputBytes::read(std::span<char> room) {
  for (;;) {
    const ssize_t size = ::read(file_, room.data(), room.size());
    if (size >= 0) return static_cast<std::size_t>(size);
    if (errno != EINTR) return cannot_read(name_);
  }
}

Result<std::string> read_whole(const std::string& name, std::size_t limit) {
  Result<InputBytes> input = InputBytes::open(name);
  if (!input) return std::move(input).error();
  std::string text;
  std::array<char, 65536> part{};
  for (;;) {
    const Result<std::size_t> size = input->read(part);
    if (!size) return size.error();
    if (*size == 0) return text;
    text.append(part.data(), *size);
    if (text.size() > limit) {
      return Error{ErrorKind::Rejected,
                   fmt::format("{} is longer than {} bytes", printable(name, 200), limit)};
    }
  }
}

}  // namespace praxisync::cli
