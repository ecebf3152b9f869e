/// Reads `[[route]]` sections. Used by the loader alone.
#pragma once

#include <map>
#include <vector>

#include "config/connector_reader.h"
#include "config/document.h"
#include "domain/route.h"

namespace praxisync::config {

struct Routes {
  std::vector<Route> ready;
  std::map<RouteName, Where> places;
};

Routes read_routes(const Node& list, const std::vector<Declared>& connectors, Findings& findings);

}  // namespace praxisync::config
