/// Reads `[notify]`. Used by the loader alone.
#pragma once

#include "config/config.h"
#include "config/secret_source.h"
#include "config/table_reader.h"

namespace praxisync::config {

/// `reader` is of the section. No finding repeats a URL: each is a secret.
Notify read_notify(TableReader& reader, const Surroundings& surroundings);

}  // namespace praxisync::config
