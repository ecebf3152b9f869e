/// Reads what a route does for one kind of outcome: `on_passed = { … }`. Used by the route reader.
#pragma once

#include <string>

#include "config/table_reader.h"
#include "connector/spec.h"
#include "domain/route.h"

namespace praxisync::config {

/// `name` is on_passed, on_failed, …; `spec` is nullptr where the route's connector is not known,
/// so that nothing can be said of what it can do.
Policy read_policy(TableReader& route, const std::string& name,
                   const connector::ConnectorSpec* spec);

}  // namespace praxisync::config
