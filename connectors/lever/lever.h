/// Lever, by its Data API v1. This is the connector to copy when another one is written: each of
/// its files does one thing, and the README says which.
#pragma once

#include "connector/spec.h"

namespace praxisync::lever {

connector::ConnectorSpec spec();

}  // namespace praxisync::lever
