#include "cli/checklist.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "domain/text.h"

namespace praxisync::cli {
namespace {

const char* word(Checklist::Finding finding) {
  switch (finding) {
    case Checklist::Finding::Ok:
      return "ok";
    case Checklist::Finding::Warning:
      return "warning";
    case Checklist::Finding::Failure:
      return "FAILED";
  }
  return "FAILED";
}

}  // namespace

std::string Checklist::text() const {
  std::string text;
  for (const Line& line : lines_) {
    text += fmt::format("{:<8} {}", word(line.finding), line.what);
    if (!line.detail.empty()) text += ": " + printable(line.detail, 600);
    text += '\n';
    if (!line.mend.empty()) text += fmt::format("{:<8} -> {}\n", "", printable(line.mend, 600));
  }
  return text;
}

std::string Checklist::json() const {
  auto checks = nlohmann::ordered_json::array();
  for (const Line& line : lines_) {
    checks.push_back({{"finding", to_lower(word(line.finding))},
                      {"what", line.what},
                      {"detail", line.detail},
                      {"mend", line.mend}});
  }
  const nlohmann::ordered_json document = {{"exit_code", code_}, {"checks", std::move(checks)}};
  return document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace praxisync::cli
