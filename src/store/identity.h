#pragma once

#include <string>

#include "domain/secret.h"

namespace praxisync::store {

using PlanKey = Secret<struct PlanKeyTag>;

/// Which database this is: made at random with it, and the same in its copies.
struct Identity {
  std::string database;
  PlanKey plan_key;  ///< what its saved plans are signed with
};

}  // namespace praxisync::store
