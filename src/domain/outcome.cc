#include "domain/outcome.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace praxisync {
namespace {
constexpr std::array<std::pair<Verdict, std::string_view>, 5> kVerdictNames{
    {{Verdict::Passed, "passed"},
     {Verdict::Failed, "failed"},
     {Verdict::Expired, "expired"},
     {Verdict::Cancelled, "cancelled"},
     {Verdict::Withdrawn, "withdrawn"}}};
}

std::string_view to_string(Verdict verdict) {
  for (const auto& [value, name] : kVerdictNames) {
    if (value == verdict) return name;
  }
  return "unknown";
}

std::optional<Verdict> parse_verdict(std::string_view text) {
  for (const auto& [value, name] : kVerdictNames) {
    if (name == text) return value;
  }
  return std::nullopt;
}

std::string format_score(double percentage) {
  std::string text = fmt::format("{:.2f}", percentage);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

}  // namespace praxisync
