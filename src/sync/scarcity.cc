#include "sync/scarcity.h"

#include <algorithm>
#include <limits>

namespace praxisync::sync {

Result<std::vector<store::Queue>> read_queues(Context& context) {
  return context.store().engagements().queues(context.now() - context.options().longest_wait);
}

std::vector<Waiting> weigh(const std::vector<store::Queue>& queues,
                           const std::vector<Route>& routes) {
  std::vector<Waiting> weighed;
  for (const store::Queue& queue : queues) {
    Demand demand{.wanted = queue.persons, .starving = queue.starving};
    bool first = true;
    for (const Route& route : routes) {
      if (route.target != queue.target) continue;
      demand.priority = first ? route.priority : std::max(demand.priority, route.priority);
      demand.share = std::min(100, demand.share + route.share);
      first = false;
    }
    weighed.push_back({queue.target.kind, demand});
  }
  return weighed;
}

Means means_of(Context& context) {
  Means means{.bulk_size = context.options().bulk_size,
              .writes = {.limit = std::numeric_limits<int>::max()}};
  if (const auto allowance = context.allowance(http::Cost::Write)) means.writes = *allowance;
  if (const auto& quota = context.report().quota) {
    means.quota_left = quota->remaining;
    means.quota_a_month = quota->limit;
  }
  return means;
}

}  // namespace praxisync::sync
