#include "cli/secret_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "domain/text.h"

namespace praxisync::cli {

Result<SecretFile> SecretFile::create(const std::string& path) {
  const int file =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (file >= 0) return SecretFile(file, path);
  const char* why = errno == EEXIST ? "it is there already, and a secret is not written over a file"
                                    : std::strerror(errno);
  return Error{ErrorKind::Rejected,
               fmt::format("{} cannot be made: {}", printable(path, 200), why)};
}

SecretFile::SecretFile(SecretFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      path_(std::move(other.path_)),
      kept_(std::exchange(other.kept_, true)) {}

SecretFile::~SecretFile() {
  if (file_ >= 0) ::close(file_);
  if (!kept_) ::unlink(path_.c_str());
}

Result<void> SecretFile::write(std::string_view secret) {
  const std::string text = std::string(secret) + "\n";
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t size = ::write(file_, text.data() + at, text.size() - at);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0)
      return Error{ErrorKind::Fatal, fmt::format("{} cannot be written: {}", printable(path_, 200),
                                                 std::strerror(errno))};
    at += static_cast<std::size_t>(size);
  }
  if (::fsync(file_) != 0 && errno != EINVAL)
    return Error{ErrorKind::Fatal, fmt::format("{} cannot be written: {}", printable(path_, 200),
                                               std::strerror(errno))};
  kept_ = true;
  return {};
}

}  // namespace praxisync::cli
