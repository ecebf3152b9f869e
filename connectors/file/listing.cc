#include "connectors/file/listing.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string_view>
#include <system_error>

#include "domain/text.h"

namespace praxisync::file {
namespace {

constexpr std::array<std::string_view, 4> kInputEndings = {".csv", ".tsv", ".jsonl", ".ndjson"};

bool is_same_file(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/// nullopt where there is none, or none that can be looked at.
std::optional<struct stat> status_of(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

Result<std::vector<std::filesystem::path>> input_paths(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  std::error_code failed;
  std::filesystem::directory_iterator entry(folder, failed);
  for (; !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed)) {
    if (is_input_name(entry->path().filename().string())) paths.push_back(entry->path());
  }
  if (failed) return cannot_open(folder, failed.value());
  std::sort(paths.begin(), paths.end(),
            [](const auto& a, const auto& b) { return a.native() < b.native(); });
  return paths;
}

Result<std::vector<InputFile>> list_folder(const std::filesystem::path& folder,
                                           const std::optional<struct stat>& results) {
  Result<std::vector<std::filesystem::path>> paths = input_paths(folder);
  if (!paths) return std::move(paths).error();
  std::vector<InputFile> files;
  for (const std::filesystem::path& path : *paths) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return cannot_open(path, errno);
    if (!S_ISREG(status.st_mode) || (results && is_same_file(status, *results))) continue;
    files.push_back({.path = path, .stamp = stamp_of(status)});
  }
  if (files.empty()) {
    return Error{ErrorKind::Malformed, "the folder " + shown_name(folder) +
                                           " holds no *.csv, *.tsv, *.jsonl or *.ndjson file; "
                                           "export your ATS there or change 'path'"};
  }
  return files;
}

}  // namespace

bool is_input_name(const std::string& name) {
  const std::string folded = to_lower(name);
  return !folded.starts_with('.') &&
         std::any_of(kInputEndings.begin(), kInputEndings.end(),
                     [&](std::string_view ending) { return folded.ends_with(ending); });
}

Result<std::vector<InputFile>> list_inputs(const std::filesystem::path& path,
                                           const std::filesystem::path& results) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return cannot_open(path, errno);
  const std::optional<struct stat> results_status = status_of(results);
  if (S_ISDIR(status.st_mode)) return list_folder(path, results_status);
  if (results_status && is_same_file(status, *results_status)) {
    return Error{ErrorKind::Malformed, "'path' and 'results' are the same file, " +
                                           shown_name(path) + "; name another one in 'results'"};
  }
  return std::vector<InputFile>{{.path = path, .stamp = stamp_of(status)}};
}

}  // namespace praxisync::file
