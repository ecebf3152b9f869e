/// A plan as it is kept between `plan --save` and `sync --plan`: the actions, and what says that it
/// belongs to this database and this config. Its text form, which is signed, is report's.
#pragma once

#include <string>

#include "sync/plan.h"
#include "sync/selection.h"

namespace praxisync::sync {

/// More than that is refused when it is saved and when it is read.
inline constexpr int kMostPlannedActions = 200'000;

struct PlanFile {
  std::string praxisync;  ///< the version that made it
  Timestamp made_at{};
  std::string database;      ///< store::Identity::database
  std::string config;        ///< the fingerprint of the config that it was made with
  std::string organisation;  ///< its slug in the Assess API; empty where that was not told
  Selection actions;

  friend bool operator==(const PlanFile&, const PlanFile&) = default;
};

/// What the plan would do, as a run can be held to it.
Selection selection_of(const Plan& plan);

}  // namespace praxisync::sync
