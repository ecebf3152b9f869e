/// Files of the operating system: a descriptor that closes itself, reading at a place, and the
/// stamp by which an unchanged file is known again.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "domain/result.h"

namespace praxisync::file {

/// Owns a file descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();

  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

/// Equal stamps: the same file, not written to in between.
struct FileStamp {
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

FileStamp stamp_of(const struct stat& status);

/// The file's name without its folder, safe to show.
std::string shown_name(const std::filesystem::path& path);

/// Malformed, with the system's reason and how to mend it.
Error cannot_open(const std::filesystem::path& path, int error_number);

/// "No such file or directory" for ENOENT.
std::string system_message(int error_number);

/// Fills as much of `room` as the file has from `offset` on; 0 at its end. Transient when it fails.
Result<std::size_t> read_at(const Descriptor& file, std::uint64_t offset, std::span<char> room);

/// An input file, opened for reading, as it was then: a file that takes its name later is not this
/// one.
struct OpenFile {
  std::string name;  ///< without its folder, safe to show
  Descriptor descriptor;
  FileStamp stamp;
};

/// Malformed when there is no regular file at `path` that can be read: it never passes for an empty
/// one.
Result<OpenFile> open_input(const std::filesystem::path& path);

}  // namespace praxisync::file
