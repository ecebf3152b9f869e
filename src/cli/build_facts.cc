#include "cli/build_facts.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "cli/built_with.h"
#include "cli/version.h"

namespace praxisync::cli {
namespace {

std::vector<std::string> parts_of(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const auto end = list.find(';');
    parts.emplace_back(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
  return parts;
}

BuildFacts find_out() {
  BuildFacts facts{.version = kVersion,
                   .commit = kCommit,
                   .compiler = std::string(kCompiler),
                   .target = std::string(kTarget),
                   .build_type = std::string(kBuildType),
                   .hardening = parts_of(kHardening),
                   .libraries = {}};
  for (const std::string& library : parts_of(kLibraries)) {
    const auto equals = library.find('=');
    facts.libraries.emplace_back(library.substr(0, equals), library.substr(equals + 1));
  }
  return facts;
}

std::string or_none(const std::string& text) { return text.empty() ? "none" : text; }

}  // namespace

const BuildFacts& build_facts() {
  static const BuildFacts facts = find_out();
  return facts;
}

std::string version_text(const BuildFacts& facts) {
  std::vector<std::string> libraries;
  for (const auto& [name, version] : facts.libraries) libraries.push_back(name + " " + version);
  return fmt::format(
      "praxisync {}\n"
      "commit     {}\n"
      "built      {} with {} for {}\n"
      "hardening  {}\n"
      "libraries  {}\n",
      facts.version, or_none(facts.commit), or_none(facts.build_type), facts.compiler, facts.target,
      or_none(fmt::format("{}", fmt::join(facts.hardening, ", "))), fmt::join(libraries, ", "));
}

std::string version_document(const BuildFacts& facts) {
  nlohmann::ordered_json libraries = nlohmann::ordered_json::object();
  for (const auto& [name, version] : facts.libraries) libraries[name] = version;
  return nlohmann::ordered_json{
      {"version", facts.version},
      {"commit",
       facts.commit.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(facts.commit)},
      {"compiler", facts.compiler},
      {"target", facts.target},
      {"build_type", facts.build_type},
      {"hardening", facts.hardening},
      {"libraries", std::move(libraries)}}
      .dump();
}

}  // namespace praxisync::cli
