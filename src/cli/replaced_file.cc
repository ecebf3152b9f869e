#include "cli/replaced_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "domain/text.h"

namespace praxisync::cli {
namespace {

/// A file that goes away unless it was given its name.
class UnnamedFile {
 public:
  explicit UnnamedFile(const std::string& path)
      : path_(path + ".XXXXXX"), file_(::mkostemp(path_.data(), O_CLOEXEC)) {}
  ~UnnamedFile() {
    if (file_ < 0) return;
    ::close(file_);
    if (!named_) ::unlink(path_.c_str());
  }
  UnnamedFile(const UnnamedFile&) = delete;
  UnnamedFile& operator=(const UnnamedFile&) = delete;

  bool write(std::string_view text, mode_t mode) const {
    while (file_ >= 0 && !text.empty()) {
      const ssize_t size = ::write(file_, text.data(), text.size());
      if (size < 0 && errno != EINTR) return false;
      if (size > 0) text.remove_prefix(static_cast<std::size_t>(size));
    }
    return file_ >= 0 && ::fchmod(file_, mode) == 0 && ::fsync(file_) == 0;
  }
  bool name(const std::string& path) {
    named_ = ::rename(path_.c_str(), path.c_str()) == 0;
    return named_;
  }

 private:
  std::string path_;
  int file_;
  bool named_ = false;
};

/// So that the name, too, outlives a crash of the machine.
void flush_folder_of(const std::string& path) {
  const int file = ::open(folder_of(path).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

}  // namespace

Result<void> replace_file(const std::string& path, std::string_view text, mode_t mode) {
  UnnamedFile file(path);
  if (!file.write(text, mode) || !file.name(path)) {
    return Error{ErrorKind::Rejected, fmt::format("{} cannot be written: {}", printable(path, 200),
                                                  std::strerror(errno))};
  }
  flush_folder_of(path);
  return {};
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace praxisync::cli
