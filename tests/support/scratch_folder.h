#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace praxisync::testing_support {

/// A new, empty folder, gone with all it holds when the test ends.
class ScratchFolder {
 public:
  ScratchFolder() : ScratchFolder(std::filesystem::temp_directory_path()) {}
  /// In memory where there is such a place: for a month of runs, each of which waits for the disk.
  static ScratchFolder in_memory() {
    const std::filesystem::path memory = "/dev/shm";
    return ScratchFolder(
        ::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path());
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

  /// Replaces the file's text; makes the file where there is none.
  std::filesystem::path write(std::string_view name, std::string_view text) const {
    return put(name, text, std::ios::trunc);
  }
  std::filesystem::path append(std::string_view name, std::string_view text) const {
    return put(name, text, std::ios::app);
  }

  /// The file's text; empty where there is none.
  std::string read(std::string_view name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

 private:
  explicit ScratchFolder(const std::filesystem::path& parent) {
    std::string name = (parent / "praxisync-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no scratch folder at " << name;
    path_ = name;
  }

  std::filesystem::path put(std::string_view name, std::string_view text,
                            std::ios::openmode mode) const {
    const std::filesystem::path path = path_ / name;
    std::ofstream file(path, std::ios::binary | mode);
    file << text;
    return path;
  }

  std::filesystem::path path_;
};

}  // namespace praxisync::testing_support
