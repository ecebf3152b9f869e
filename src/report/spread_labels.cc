#include "report/spread_labels.h"

#include <fmt/format.h>

#include "store/spreads.h"

namespace praxisync::report {
namespace {

std::string short_span(std::chrono::hours span) {
  return span % std::chrono::hours{24} == std::chrono::hours{0}
             ? fmt::format("{}d", span / std::chrono::hours{24})
             : fmt::format("{}h", span.count());
}

}  // namespace

const std::vector<std::string>& ten_labels() {
  static const std::vector<std::string> labels = [] {
    std::vector<std::string> made;
    for (int ten = 0; ten < store::ScoreSpread::kTens; ++ten)
      made.push_back(fmt::format("{}", ten * 10));
    return made;
  }();
  return labels;
}

const std::vector<std::string>& time_labels() {
  static const std::vector<std::string> labels = [] {
    std::vector<std::string> made;
    for (const std::chrono::hours end : store::TimeSpread::kEnds)
      made.push_back("<" + short_span(end));
    made.push_back(short_span(store::TimeSpread::kEnds.back()) + "+");
    return made;
  }();
  return labels;
}

}  // namespace praxisync::report
