#include "connectors/file/results_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <utility>

#include "csv/csv_writer.h"

namespace praxisync::file {
namespace {

constexpr Milliseconds kLockWait{5000};
constexpr Milliseconds kLockPause{50};

Error transient(const std::string& name, const std::string& reason) {
  return Error{ErrorKind::Transient, name + ": " + reason};
}

/// Held while a row is added; the system lets go of it when the process dies.
class Lock {
 public:
  static Result<Lock> take(const Descriptor& file, const std::string& name, Clock& clock) {
    const Timestamp until = clock.now() + kLockWait;
    while (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EINTR) continue;
      if (errno != EWOULDBLOCK)
        return transient(name, "cannot be locked: " + system_message(errno));
      if (clock.now() >= until)
        return transient(name, "is locked by another program; close it there");
      clock.sleep_until(clock.now() + kLockPause);
    }
    return Lock(file.get());
  }

  Lock(Lock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Lock& operator=(Lock&&) = delete;
  ~Lock() {
    if (fd_ >= 0) ::flock(fd_, LOCK_UN);
  }

 private:
  explicit Lock(int fd) : fd_(fd) {}
  int fd_;
};

/// Makes sure that the file's name survives a loss of power, as far as the folder can.
void flush_folder(const std::filesystem::path& file) {
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.is_open()) ::fsync(descriptor.get());
}

ssize_t write_once(const Descriptor& file, std::string_view bytes) {
  while (true) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written >= 0 || errno != EINTR) return written;
  }
}

}  // namespace

ResultsFile::ResultsFile(std::filesystem::path path, Clock& clock)
    : path_(std::move(path)), name_(shown_name(path_)), clock_(clock) {}

Result<void> ResultsFile::append(const WriteBack& action) {
  Result<void> opened = open();
  if (!opened) return opened;
  Result<Lock> lock = Lock::take(file_, name_, clock_);
  if (!lock) return std::move(lock).error();
  struct stat status {};
  if (::fstat(file_.get(), &status) != 0) return transient(name_, system_message(errno));
  Result<void> mended = mend(static_cast<std::uint64_t>(status.st_size));
  if (!mended) return mended;
  return write_row(action);
}

/// Opens the file, anew where another one has taken its name.
Result<void> ResultsFile::open() {
  struct stat status {};
  const bool there = ::stat(path_.c_str(), &status) == 0;
  if (there && !S_ISREG(status.st_mode))
    return transient(name_, "is not a regular file; change 'results'");
  if (there && file_.is_open() && stamp_of(status).inode == inode_) return {};

  file_ = Descriptor(::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (!file_.is_open() || ::fstat(file_.get(), &status) != 0) {
    return transient(name_, "cannot be opened for writing: " + system_message(errno) +
                                "; mend that or change 'results'");
  }
  inode_ = stamp_of(status).inode;
  tail_ = {};
  return {};
}

/// Looks at the end of a file that is not as this object left it.
Result<void> ResultsFile::mend(std::uint64_t size) {
  if (size == tail_.keep) return {};
  if (size == 0) {
    tail_ = {};
    return {};
  }
  Result<Tail> tail = find_tail(file_, name_, size);
  while (tail && tail->keep < size) {
    if (::ftruncate(file_.get(), static_cast<off_t>(tail->keep)) != 0) {
      return transient(name_,
                       "a row that a crash cut short cannot be removed: " + system_message(errno));
    }
    // Looked at anew: a quote in what is gone may have closed one that is open now.
    size = tail->keep;
    tail = find_tail(file_, name_, size);
  }
  if (!tail) return std::move(tail).error();
  tail_ = *tail;
  return {};
}

Result<void> ResultsFile::write_row(const WriteBack& action) {
  Result<std::string> row = results_row(action, tail_.separator);
  if (!row) return std::move(row).error();
  if (tail_.open_quote > 0 && row->find('"') != std::string::npos) {
    return transient(
        name_, fmt::format("the row at line {} leaves a quote open; close it", tail_.open_quote));
  }
  std::string bytes = tail_.needs_line_end ? "\n" : "";
  if (tail_.keep == 0) bytes += csv::csv_row(results_columns(), tail_.separator);
  bytes += *row;

  const ssize_t written = write_once(file_, bytes);
  const int failed = written < 0 ? errno : ENOSPC;
  if (written != static_cast<ssize_t>(bytes.size())) {
    if (written > 0 && ::ftruncate(file_.get(), static_cast<off_t>(tail_.keep)) != 0) {
      return Error{ErrorKind::OutcomeUnknown,
                   name_ + ": a row was written in part: " + system_message(failed)};
    }
    return transient(name_, "cannot be written: " + system_message(failed));
  }
  if (::fdatasync(file_.get()) != 0) {
    return Error{ErrorKind::OutcomeUnknown,
                 name_ + ": cannot be flushed to the disk: " + system_message(errno)};
  }
  if (tail_.keep == 0) flush_folder(path_);
  tail_.keep += bytes.size();
  tail_.needs_line_end = false;
  return {};
}

Result<bool> ResultsFile::holds(std::string_view marker) const {
  const Descriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open() && errno == ENOENT) return false;
  if (!file.is_open()) return transient(name_, "cannot be opened: " + system_message(errno));
  return has_row(file, name_, marker);
}

}  // namespace praxisync::file
