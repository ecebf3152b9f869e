/// What all sweeps share: how much of one is played, and when a failed run has told the truth.
#pragma once

#include <string>

#include "simulation/disk/play.h"

namespace praxisync::testing_support {

/// Every how many-th place a sweep tries: `slice`, unless PRAXISYNC_SWEEP says "full", which is
/// each of them, or a number, which is that many times as many.
int stride(int slice);

/// How a scenario ends when nothing happens on the way, and what it costs.
struct Calm {
  Ended ended;
  std::vector<sync::Ending> endings;
};
/// Held against what the scenario says of itself.
Calm play_calm(const Scenario& scenario);

/// What is wrong with the report of a run that met a fault: it must end as it does without, or as
/// failed by the database. Empty: nothing.
std::string untruth_of(const sync::RunReport& report, const Play& play, const Calm& calm);

}  // namespace praxisync::testing_support
