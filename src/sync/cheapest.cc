#include "sync/cheapest.h"

#include <fmt/format.h>

#include <algorithm>

namespace praxisync::sync {
namespace {

std::string count(int number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

std::string text_of(const Requests& cost) {
  if (cost.writes == 0) return count(cost.reads, "read");
  if (cost.reads == 0) return count(cost.writes, "write");
  return count(cost.reads, "read") + " and " + count(cost.writes, "write");
}

}  // namespace

double Prices::of(const Requests& requests) const {
  return static_cast<double>(requests.reads) / std::max(1, reads_left_) +
         static_cast<double>(requests.writes) / std::max(1, writes_left_);
}

std::size_t cheapest(const std::vector<Way>& ways, const Prices& prices) {
  const auto best =
      std::ranges::min_element(ways, {}, [&](const Way& way) { return prices.of(way.cost); });
  return static_cast<std::size_t>(best - ways.begin());
}

std::string reason_for(const std::vector<Way>& ways, std::size_t chosen) {
  std::string text = ways[chosen].name + ": " + text_of(ways[chosen].cost);
  for (std::size_t i = 0; i < ways.size(); ++i) {
    if (i != chosen) text += fmt::format("; {} would be {}", ways[i].name, text_of(ways[i].cost));
  }
  return text;
}

}  // namespace praxisync::sync
