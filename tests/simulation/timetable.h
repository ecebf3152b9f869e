/// When `serve` on the host begins its runs: the real scheduler, over what the host's database
/// remembers. A process that dies takes along what the scheduler had in its head.
#pragma once

#include <optional>
#include <set>

#include "schedule/scheduler.h"
#include "simulation/trace.h"
#include "simulation/universe.h"
#include "store/store.h"

namespace praxisync::simulation {

class Timetable {
 public:
  Timetable(const Universe& universe, Reached& reached, Violations& found);

  /// Claims what is due by the host's clock; else how long to sleep before the next look.
  std::optional<Milliseconds> claim_due(store::Store& store);
  void finish(int exit_code);
  /// A second instance looks, in the midst of a run.
  void second_looks(store::Store& store);
  void process_died();
  /// The database is another one, which may know less.
  void database_replaced();
  /// A schedule that has nothing to run for longer never comes round again.
  Milliseconds longest_wait() const;

 private:
  std::vector<schedule::Plan> plans() const;
  schedule::Scheduler open(store::Store& store) const;
  void begun(const schedule::Due& due);

  const Universe& universe_;
  Reached& reached_;
  Violations& found_;
  std::optional<schedule::Scheduler> scheduler_;
  std::optional<schedule::Due> running_;
  std::set<Timestamp> begun_;
};

}  // namespace praxisync::simulation
