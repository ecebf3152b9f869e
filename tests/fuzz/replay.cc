// Runs every file that is named, or that a named folder holds, through a fuzz target, once.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz/fuzz.h"

namespace {

std::vector<std::filesystem::path> files_at(const std::filesystem::path& place) {
  if (!std::filesystem::is_directory(place)) return {place};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(place)) {
    files.push_back(entry.path());
  }
  return files;
}

}  // namespace

int main(int count, char** places) {
  int replayed = 0;
  for (int i = 1; i < count; ++i) {
    for (const std::filesystem::path& path : files_at(places[i])) {
      std::ifstream file(path, std::ios::binary);
      const std::string input{std::istreambuf_iterator<char>(file),
                              std::istreambuf_iterator<char>()};
      std::fprintf(stderr, "%s\n", path.c_str());
      praxisync::fuzz::run(input);
      ++replayed;
    }
  }
  std::fprintf(stderr, "%d inputs\n", replayed);
  return replayed > 0 ? 0 : 1;
}
