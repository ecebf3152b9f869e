#pragma once

#include <string>

#include "domain/time.h"

namespace praxisync::cli {

/// "3 h ago", "in 6 d", "now": the largest whole unit, for people at a terminal.
std::string relative_time(Timestamp at, Timestamp now);

}  // namespace praxisync::cli
