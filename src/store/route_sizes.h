/// Counting the people of routes, for the store's own sources.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/safety.h"

namespace praxisync::store {

/// Every route that has people in its stage or an accepted size.
struct RouteSize {
  std::string route, connector;
  std::optional<int> accepted;
  int has = 0;     ///< in the stage
  int queued = 0;  ///< persons of it who wait
};
std::vector<RouteSize> route_sizes(Database& database);

bool grown_too_much(const RouteSize& size);

/// Takes the size of today for the accepted one.
void accept_size(Database& database, const RouteSize& size);

}  // namespace praxisync::store
