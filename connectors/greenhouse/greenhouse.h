/// Greenhouse Recruiting, by its Harvest API v3.
#pragma once

#include "connector/spec.h"

namespace praxisync::greenhouse {

connector::ConnectorSpec spec();

}  // namespace praxisync::greenhouse
