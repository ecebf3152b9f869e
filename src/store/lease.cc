#include "store/lease.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "domain/text.h"

namespace praxisync::store {
namespace {

std::string holder_of(int file) {
  std::array<char, 32> text{};
  const ssize_t size = ::pread(file, text.data(), text.size(), 0);
  return size > 0 ? std::string(trim(printable({text.data(), static_cast<std::size_t>(size)}, 32)))
                  : "?";
}

}  // namespace

Result<Lease> Lease::take(const std::filesystem::path& database) {
  const std::string path = database.string() + ".lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) {
    return Error{
        ErrorKind::Fatal,
        fmt::format("cannot open {}: {}; check that its folder exists and can be written, or "
                    "change [state] path",
                    path, std::strerror(errno))};
  }
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    const bool held = errno == EWOULDBLOCK;
    Error error = held ? Error{ErrorKind::Exhausted,
                               fmt::format("another run (process {}) holds the lease on {}",
                                           holder_of(file), database.string())}
                       : Error{ErrorKind::Fatal,
                               fmt::format("cannot lock {}: {}", path, std::strerror(errno))};
    ::close(file);
    return error;
  }
  // For people who ask who holds it: nothing depends on the text.
  const std::string holder = fmt::format("{}\n", ::getpid());
  if (::ftruncate(file, 0) == 0 && ::pwrite(file, holder.data(), holder.size(), 0) < 0) errno = 0;
  return Lease(file);
}

Lease::Lease(Lease&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

Lease::~Lease() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace praxisync::store
