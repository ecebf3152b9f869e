/// Says which run is due, and keeps the record of it. Single-threaded, without a clock and without
/// sleep: whoever serves asks, waits and asks again.
///
///   look(now)      nothing due: sleep until `wake_at` and look again
///   the lease      held by another run: sleep until `wake_at` and look again
///   begin(due)     Taken: another instance was first, look again
///   the run        for `due.connectors`, to end in order after `due.deadline`
///   finish(due)    then give the lease back, and look again
///
/// The lease (store::Lease and Store::begin_epoch) is held from before begin() until after
/// finish(): with it there is one run at a time, and none is begun that cannot go on. A process
/// that dies in between leaves its occurrence claimed: see store::Occurrences.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schedule/prospect.h"

namespace praxisync::schedule {

struct Due {
  ScheduleName schedule;
  std::vector<ConnectorName> connectors;
  Timestamp occurrence;  ///< the instant that the run was planned for
  std::optional<Milliseconds> deadline;
};

struct Look {
  std::optional<Due> due;  ///< the one that has waited longest
  Timestamp wake_at;       ///< look again then: never later than the longest sleep from now
  std::optional<Timestamp> next{};  ///< when the next run begins, as far as anybody can say
};

/// What an exit code of `sync` says of its schedule: 0, 3, 4 and 7 are runs that did what they
/// could (what is left needs the next run, or a person); 6 never ran; any other is a failure.
store::RunEnd run_end_of(int exit_code);

class Scheduler {
 public:
  /// A pause, or a clock that somebody set, is noticed after so long at the latest.
  static constexpr std::chrono::minutes kLongestSleep{1};

  /// Makes the schedules known to the database, which is borrowed. `seed` is the database's own
  /// name (store::Identity), so that all instances wait the same jitter.
  static Result<Scheduler> open(store::Occurrences& occurrences, std::vector<Plan> plans,
                                std::string seed, Timestamp now,
                                Milliseconds longest_sleep = kLongestSleep);

  /// Nothing is due while a run is under way. Changes nothing in the database.
  Result<Look> look(Timestamp now);
  /// Claims the occurrence, for ever.
  Result<store::Claim> begin(const Due& due, Timestamp now);
  Result<void> finish(const Due& due, int exit_code, Timestamp now);
  /// Whoever asks was busy until now with something else, and slept over nothing.
  void busy_until(Timestamp now);

 private:
  Scheduler(store::Occurrences& occurrences, std::vector<Plan> plans, std::string seed,
            Timestamp now, Milliseconds longest_sleep);
  void note_presence(Timestamp now);

  store::Occurrences& occurrences_;
  std::vector<Plan> plans_;
  std::string seed_;
  Milliseconds longest_sleep_;
  Timestamp watched_since_, seen_at_, expected_by_;
  bool running_ = false;
};

}  // namespace praxisync::schedule
