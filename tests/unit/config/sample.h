/// A config without mistakes, for tests that put one in; and the connector types that it speaks of.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "config/config.h"

namespace praxisync::config {

inline void PrintTo(const Problem& problem, std::ostream* out) { *out << to_string(problem); }

/// By line, from 1.
inline std::vector<std::string> sample_lines() {
  return {
      "[assess]",                               // 1
      "base_url = \"https://praxicraft.com\"",  // 2
      "api_key = { env = \"KEY\" }",            // 3
      "[[connector]]",                          // 4
      "name = \"f\"",                           // 5
      "type = \"file\"",                        // 6
      "path = \"a.csv\"",                       // 7
      "[[connector]]",                          // 8
      "name = \"gh-eu\"",                       // 9
      "type = \"ats\"",                         // 10
      "token = { env = \"TOKEN\" }",            // 11
      "[[route]]",                              // 12
      "name = \"r\"",                           // 13
      "connector = \"f\"",                      // 14
      "job = \"J\"",                            // 15
      "stage = \"S\"",                          // 16
      "assessment = \"slug\"",                  // 17
  };
}

/// The sample with its line `number` replaced; 18 adds one at the end.
inline std::string sample_with(std::size_t number, const std::string& text) {
  std::vector<std::string> lines = sample_lines();
  lines.resize(std::max(lines.size(), number));
  lines[number - 1] = text;
  std::string toml;
  for (const std::string& line : lines) toml += line + "\n";
  return toml;
}

inline std::string sample() { return sample_with(17, "assessment = \"slug\""); }

inline Environment sample_environment() {
  return {{"KEY", "key-canary-7d1f"}, {"TOKEN", "token-canary-93ab"}};
}

inline std::vector<connector::ConnectorSpec> sample_specs() {
  using connector::Need;
  using connector::SettingSpec;
  using connector::SettingType;
  const std::vector<SettingSpec> file{
      {"path", SettingType::Path, Need::Required, "the export"},
      {"separator", SettingType::Text, Need::Optional, "between cells"},
      {"columns", SettingType::Table, Need::Optional, "their names", "", {"email", "stage"}},
      {"labels", SettingType::Table, Need::Optional, "any keys"},
  };
  const std::vector<SettingSpec> ats{
      {"token", SettingType::Secret, Need::Required, "the credential"},
      {"page_size", SettingType::Integer, Need::Optional, "rows a page"},
      {"archived", SettingType::Boolean, Need::Optional, "old ones too"},
      {"region", SettingType::Text, Need::Optional, "where"},
  };
  return {
      {"file",
       "an export",
       {{ActionKind::Note, ActionKind::Tag, ActionKind::Field, ActionKind::Link, ActionKind::Move,
         ActionKind::Reject}},
       file,
       {}},
      {"ats", "an account", {{ActionKind::Note, ActionKind::Move}}, ats, {}},
  };
}

inline Loaded read_sample(const std::string& toml, const Environment& environment) {
  return read(toml, "/etc/praxisync/praxisync.toml", sample_specs(), environment);
}

inline Loaded read_sample(const std::string& toml) {
  return read_sample(toml, sample_environment());
}

/// As people see them, less the folder.
inline std::vector<std::string> shown(const std::vector<Problem>& problems) {
  std::vector<std::string> lines;
  for (Problem problem : problems) {
    problem.file = problem.file.substr(problem.file.rfind('/') + 1);
    lines.push_back(to_string(problem));
  }
  return lines;
}

/// A folder of its own for one test, gone afterwards.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "praxisync-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace praxisync::config
