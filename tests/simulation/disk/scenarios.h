/// The canonical scenarios of the sweeps: what a run meets in real life, each small, and each with
/// the end that it must come to whatever happens on the way.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/world.h"
#include "sync/plan_file.h"

namespace praxisync::testing_support {

struct Scenario {
  /// What happens before a run; it may choose a plan that the run is to follow.
  using Act = std::function<void(World&, std::optional<sync::Selection>& plan)>;

  std::string name;
  sandbox::Options options{};
  std::vector<Act> acts{};  ///< each is followed by a run
  int contacts = 0;         ///< invitations and enrollments in the end
  int writes = 0;           ///< write-backs in the end
};

const std::vector<Scenario>& scenarios();
const Scenario& scenario(const std::string& name);

}  // namespace praxisync::testing_support
