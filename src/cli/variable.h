#pragma once

#include <string>

#include "config/config.h"

namespace praxisync::cli {

/// An environment variable; empty where it is not set, which CI systems do not tell apart either.
inline std::string variable(const config::Environment& environment, const char* name) {
  const auto found = environment.find(name);
  return found == environment.end() ? "" : found->second;
}

}  // namespace praxisync::cli
