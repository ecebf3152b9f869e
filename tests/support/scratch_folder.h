#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace praxisync::testing_support {

/// A new, empty folder, gone with all it holds when the test ends.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "praxisync-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no scratch folder at " << name;
    path_ = name;
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
