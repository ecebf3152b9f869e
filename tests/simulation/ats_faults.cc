#include "simulation/ats_faults.h"

#include <algorithm>
#include <iterator>

#include "domain/check.h"

namespace praxisync::simulation {
namespace {

using How = AtsFault::How;

constexpr std::pair<Act, How> kHows[] = {{Act::AtsDrop, How::Drop},
                                         {Act::AtsDropAfter, How::DropAfter},
                                         {Act::AtsCut, How::Cut},
                                         {Act::AtsLate, How::Late},
                                         {Act::AtsThrottle, How::Throttle},
                                         {Act::AtsError, How::Error},
                                         {Act::AtsErrorAfter, How::ErrorAfter},
                                         {Act::AtsJunk, How::Junk},
                                         {Act::AtsRefuse, How::Refuse},
                                         {Act::AtsRedirect, How::Redirect},
                                         {Act::AtsAstray, How::Astray},
                                         {Act::AtsForget, How::Forget}};

}  // namespace

std::optional<AtsFault> ats_fault_of(const Step& step) {
  const auto* const known = std::ranges::find(kHows, step.act, &std::pair<Act, How>::first);
  if (known == std::end(kHows)) return std::nullopt;
  AtsFault fault{.how = known->second, .skip = step.first};
  if (fault.how == How::Late) {
    fault.delay = std::chrono::minutes{step.second};
  } else {
    fault.times = std::max(1, step.second % 100);
    fault.of_writes = step.second >= 100;
  }
  return fault;
}

Act act_of(How how) {
  const auto* const known = std::ranges::find(kHows, how, &std::pair<Act, How>::second);
  PRAXISYNC_CHECK(known != std::end(kHows), "every fault comes of an act");
  return known->first;
}

std::optional<AtsFault> strike(std::vector<AtsFault>& armed,
                               const std::function<bool(const AtsFault&)>& passes_by) {
  std::optional<AtsFault> struck;
  for (AtsFault& fault : armed) {
    if (fault.times == 0 || passes_by(fault)) continue;
    if (fault.skip > 0) {
      --fault.skip;
    } else if (!struck) {
      --fault.times;
      struck = fault;
    }
  }
  return struck;
}

}  // namespace praxisync::simulation
