#pragma once

#include "connector/connector.h"
#include "connector/spec.h"
#include "domain/ids.h"

namespace praxisync::sync {

/// One account of an ATS, as the config names it.
struct Source {
  ConnectorName name;
  connector::Connector* connector = nullptr;
  connector::Capabilities capabilities{};
};

}  // namespace praxisync::sync
