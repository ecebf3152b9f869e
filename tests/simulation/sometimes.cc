// Rare places that a suite must reach: a simulator that never goes there proves nothing of them.
#include <algorithm>

#include "domain/screening.h"
#include "simulation/campaign.h"
#include "simulation/schedule.h"

namespace praxisync::simulation {
namespace {

struct Edge {
  State from, to;
  friend bool operator==(const Edge&, const Edge&) = default;
};

/// Steps that are allowed, and that no world brings about, or not one in tens of thousands.
const std::vector<Edge>& beyond() {
  using enum State;
  static const std::vector<Edge> edges{
      // The answer, or the look after a lost one, comes first in every run.
      {Dispatching, Started},
      {Dispatching, Expired},
      {Dispatching, Cancelled},
      {Dispatching, Withdrawn},
      {Dispatching, Passed},
      {Dispatching, Failed},
      // A stage's result or its invitation is heard of before the enrollment's end.
      {Enrolled, Passed},
      {Enrolled, Failed},
      {Enrolled, Cancelled},
      {Started, Cancelled},
      // Whoever was contacted and leaves is followed to the end, or cancelled.
      {Invited, Withdrawn},
      {Enrolled, Withdrawn},
      {Started, Withdrawn},
      // Candidates do not finish what has run out.
      {Expired, Passed},
      {Expired, Failed},
      {Queued, Cancelled},
      // Withdrawn before a first contact, and back in the stage before that is written back.
      {Withdrawn, Queued},
      {Withdrawn, Blocked},
  };
  return edges;
}

void add_edges(std::vector<std::string>& places) {
  for (const State from : all_states()) {
    for (const State to : all_states()) {
      const bool brought =
          may_step(from, to) && std::ranges::find(beyond(), Edge{from, to}) == beyond().end();
      if (brought) {
        places.push_back("edge " + std::string(to_string(from)) + " -> " +
                         std::string(to_string(to)));
      }
    }
  }
}

}  // namespace

std::vector<std::string> must_be_reached(Reach reach) {
  std::vector<std::string> places;
  for (const ActName& name : all_acts()) {
    if (name.kind == Kind::Fault && name.act != Act::KeepBackup)
      places.push_back("fault " + std::string(name.name));
    if (name.kind == Kind::People) places.push_back("people " + std::string(name.name));
  }
  for (const char* place : {"webhook accepted", "webhook refused", "run for webhooks",
                            "crash in a run for webhooks", "hints that wait on", "scheduled run",
                            "process died in a scheduled run", "second scheduler"})
    places.emplace_back(place);
  if (reach == Reach::Campaign) add_edges(places);
  return places;
}

}  // namespace praxisync::simulation
