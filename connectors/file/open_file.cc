#include "connectors/file/open_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "domain/text.h"

namespace praxisync::file {

Descriptor::Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

FileStamp stamp_of(const struct stat& status) {
  return {.inode = static_cast<std::uint64_t>(status.st_ino),
          .size = static_cast<std::uint64_t>(status.st_size),
          .modified_ns = static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 +
                         status.st_mtim.tv_nsec};
}

std::string shown_name(const std::filesystem::path& path) {
  return printable(path.filename().native(), 255);
}

Error cannot_open(const std::filesystem::path& path, int error_number) {
  return Error{ErrorKind::Malformed, "cannot open " + shown_name(path) + ": " +
                                         system_message(error_number) +
                                         "; export your ATS there or change 'path'"};
}

std::string system_message(int error_number) {
  return std::generic_category().message(error_number);
}

Result<std::size_t> read_at(const Descriptor& file, std::uint64_t offset, std::span<char> room) {
  std::size_t filled = 0;
  while (filled < room.size()) {
    const ssize_t got = ::pread(file.get(), room.data() + filled, room.size() - filled,
                                static_cast<off_t>(offset + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return Error{ErrorKind::Transient, "cannot be read: " + system_message(errno)};
    }
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

Result<OpenFile> open_input(const std::filesystem::path& path) {
  const std::string name = shown_name(path);
  // Without O_NONBLOCK a named pipe would hold up the run until somebody writes to it.
  Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!descriptor.is_open()) return cannot_open(path, errno);
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) return cannot_open(path, errno);
  if (!S_ISREG(status.st_mode)) {
    return Error{ErrorKind::Malformed,
                 name + " is not a regular file; name a file or a folder in 'path'"};
  }
  return OpenFile{.name = name, .descriptor = std::move(descriptor), .stamp = stamp_of(status)};
}

}  // namespace praxisync::file
