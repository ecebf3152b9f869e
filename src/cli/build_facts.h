/// What this program was built from and how: for `--version`, bug reports and audits.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace praxisync::cli {

struct BuildFacts {
  std::string version;
  std::string commit;  ///< empty: not known
  std::string compiler;
  std::string target;
  std::string build_type;
  std::vector<std::string> hardening;  ///< empty: not a release build
  /// Name and version of each, as found when it was built: shared ones may be newer by now.
  std::vector<std::pair<std::string, std::string>> libraries;
};

const BuildFacts& build_facts();

/// One short block; its first line is "praxisync VERSION".
std::string version_text(const BuildFacts& facts);
/// The same as one JSON document; docs/documents.schema.json describes it.
std::string version_document(const BuildFacts& facts);

}  // namespace praxisync::cli
