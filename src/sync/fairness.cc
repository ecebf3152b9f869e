#include "sync/fairness.h"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace praxisync::sync {
namespace {

/// Deals `left` out to `takers` one round after the other, up to each one's `room`.
int deal(std::vector<int>& granted, const std::vector<std::size_t>& takers,
         const std::vector<int>& room, int left) {
  std::vector<std::size_t> open = takers;
  std::vector<int> taken(granted.size(), 0);
  while (left > 0) {
    std::erase_if(open, [&](std::size_t i) { return taken[i] >= room[i]; });
    if (open.empty()) break;
    const int each = std::max(1, left / static_cast<int>(open.size()));
    for (const std::size_t i : open) {
      const int more = std::min({each, room[i] - taken[i], left});
      taken[i] += more;
      granted[i] += more;
      left -= more;
    }
  }
  return left;
}

}  // namespace

std::vector<std::size_t> by_priority(const std::vector<Demand>& demands) {
  std::vector<std::size_t> order(demands.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return demands[a].priority > demands[b].priority;
  });
  return order;
}

std::vector<int> allocate(const std::vector<Demand>& demands, int available) {
  std::vector<int> granted(demands.size(), 0);
  int left = std::max(0, available);
  const auto order = by_priority(demands);
  for (const std::size_t i : order) {
    const auto share = static_cast<std::int64_t>(std::max(0, available)) * demands[i].share / 100;
    granted[i] = std::min({demands[i].wanted, static_cast<int>(share), left});
    left -= granted[i];
  }
  std::vector<int> room(demands.size());
  for (std::size_t i = 0; i < demands.size(); ++i)
    room[i] = std::max(0, std::min(demands[i].starving, demands[i].wanted) - granted[i]);
  left = deal(granted, order, room, left);
  for (std::size_t i = 0; i < demands.size(); ++i) room[i] = demands[i].wanted - granted[i];
  for (auto first = order.begin(); first != order.end() && left > 0;) {
    const int priority = demands[*first].priority;
    const auto end = std::find_if(first, order.end(),
                                  [&](std::size_t i) { return demands[i].priority != priority; });
    left = deal(granted, {first, end}, room, left);
    first = end;
  }
  return granted;
}

}  // namespace praxisync::sync
