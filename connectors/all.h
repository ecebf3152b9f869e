/// Every kind of connector there is, in the order of their names.
#pragma once

#include <vector>

#include "connector/spec.h"

namespace praxisync {

std::vector<connector::ConnectorSpec> all_connectors();

}  // namespace praxisync
