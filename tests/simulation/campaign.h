/// Many seeds over several processes: what they reached, what broke and how fast it went.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "simulation/trace.h"

namespace praxisync::simulation {

enum class Plays { Once, Twice };  ///< Twice: both must leave the same trace
enum class Until { LastSeed, FirstViolation };

struct CampaignOptions {
  std::uint64_t first = 1, last = 1;  ///< seeds, both included
  int jobs = 1;
  Plays plays = Plays::Once;
  Until until = Until::LastSeed;
  std::optional<int> seconds{};  ///< ends then, wherever it is
};

struct Failure {
  std::uint64_t seed = 0;
  std::string invariant, what;
};

struct Campaign {
  long long schedules = 0, events = 0, faults = 0;
  long long small = 0;  ///< schedules of fewer than 100 events or 5 faults
  double seconds = 0;
  std::uint64_t hash = 0;  ///< over all traces
  Reached reached;
  std::vector<Failure> failures;
};

Campaign run_campaign(const CampaignOptions& options);

/// The places that must be reached at least once, all of them: a slice meets every fault and
/// everything that people do, a campaign makes every step of a screening's state as well.
enum class Reach { Slice, Campaign };
std::vector<std::string> must_be_reached(Reach reach);

}  // namespace praxisync::simulation
