/// Ashby (https://www.ashbyhq.com): its API of version 2026-01-01, with an API key.
#pragma once

#include "connector/spec.h"

namespace praxisync::ashby {

connector::ConnectorSpec spec();

}  // namespace praxisync::ashby
