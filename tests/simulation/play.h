/// Plays a schedule: what befalls it first, then everything heals and praxisync runs until nothing
/// is left to do.
#pragma once

#include <map>
#include <set>
#include <string>

#include "simulation/schedule.h"
#include "simulation/trace.h"

namespace praxisync::simulation {

struct Played {
  Violations violations;
  std::uint64_t hash = 0;
  int events = 0;  ///< requests, commits, acts of people and runs
  int faults = 0;  ///< that struck
  bool lost_database = false;
  bool held_back = false;  ///< somebody waits for an emptied stage to fill again
  std::set<std::size_t>
      hidden;             ///< applicants of an ATS that listed nobody in the midst of a sweep
  bool restored = false;  ///< a backup took the database's place
  Reached reached;
  /// What came of those whom no recruiter touched: by applicant, their contacts, notes and stage.
  std::map<std::size_t, std::string> ends;  ///< of applicants, by their place
  std::vector<std::string> lines;           ///< of the trace, where asked for
};

enum class Lines { Drop, Keep };

Played play(const Schedule& schedule, Lines lines = Lines::Drop);

/// Likewise, and the same world without faults: both must end alike (L9).
Played play_and_compare(const Schedule& schedule, Lines lines = Lines::Drop);

/// The world of that seed: the first that its generator draws in which enough happens.
struct World {
  Schedule schedule;
  Played played;
};
World play_world(std::uint64_t seed, Lines lines = Lines::Drop);
/// Whether it proves anything: at least 100 events, and 5 faults that struck.
bool is_small(const Played& played);

}  // namespace praxisync::simulation
