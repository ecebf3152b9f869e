/// Environment variables that stand in for keys of the file: `PRAXISYNC_SECTION__KEY`. Those
/// without a double underscore are not ours to judge. Used by the loader alone.
#pragma once

#include <vector>

#include "config/config.h"
#include "config/document.h"

namespace praxisync::config {

/// Lays the overrides over the document. One that names nothing is an error.
void apply_overrides(Node& document, const std::vector<connector::ConnectorSpec>& specs,
                     const Environment& environment, Findings& findings);

}  // namespace praxisync::config
