/// Who goes first when the quota or the hour's requests cannot serve everybody. Pure arithmetic.
#pragma once

#include <vector>

namespace praxisync::sync {

/// What one queue asks for, in whatever is scarce: invitations or calls.
struct Demand {
  int wanted = 0;
  int starving = 0;  ///< of them, those that have waited longer than anybody should
  int priority = 0;  ///< the higher goes first
  int share = 0;     ///< percent of what there is that it gets before others, if it wants it
};

/// What each gets of `available`: first its share, then whoever is starving, then by priority, and
/// evenly among equals. Nobody gets more than they want, and nothing is left while somebody wants
/// it.
std::vector<int> allocate(const std::vector<Demand>& demands, int available);

/// The order in which queues are worked through: by priority, and as they came among equals.
std::vector<std::size_t> by_priority(const std::vector<Demand>& demands);

}  // namespace praxisync::sync
