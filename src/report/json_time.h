#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "domain/time.h"

namespace praxisync::report {

/// A time as documents have it; null where there is none.
inline nlohmann::ordered_json time_of(const std::optional<Timestamp>& at) {
  return at ? nlohmann::ordered_json(format_timestamp(*at)) : nlohmann::ordered_json(nullptr);
}

}  // namespace praxisync::report
