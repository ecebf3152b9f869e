/// What a call of an ATS can meet, asked for in advance.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "domain/time.h"
#include "simulation/schedule.h"

namespace praxisync::simulation {

struct AtsFault {
  enum class How {
    Drop,
    DropAfter,
    Cut,
    Late,
    Throttle,
    Error,
    ErrorAfter,
    Junk,
    Refuse,
    Redirect,
    Astray,  ///< the next page is said to be on another host
    Forget,  ///< cursors and tokens that it gave are good no more
  };
  How how = How::Drop;
  int skip = 0;
  int times = 1;
  bool of_writes = false;  ///< meant for writes alone
  Milliseconds delay{0};
};

/// nullopt: the step is no such fault.
std::optional<AtsFault> ats_fault_of(const Step& step);
Act act_of(AtsFault::How how);

/// Of those that fit and skip no more the one armed first, and all of them count.
std::optional<AtsFault> strike(std::vector<AtsFault>& armed,
                               const std::function<bool(const AtsFault&)>& passes_by);

}  // namespace praxisync::simulation
