#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/result.h"

namespace praxisync::store {

class Database;

enum class Claim { Ours, Taken };

/// What the end of a run says of its schedule.
enum class RunEnd {
  Succeeded,  ///< the failures in a row end
  Failed,     ///< one more of them
  Neither,    ///< they stay as they are
};

/// Every occurrence from `first` to `last` counts as claimed.
struct Stretch {
  Timestamp first, last;
  friend bool operator==(const Stretch&, const Stretch&) = default;
};

struct ScheduledRun {
  Timestamp occurrence;  ///< the instant that it was planned for
  Timestamp begun_at;
  std::optional<Timestamp> finished_at;  ///< nullopt: under way, or its process died
  std::optional<int> exit_code;
  friend bool operator==(const ScheduledRun&, const ScheduledRun&) = default;
};

struct ScheduleRecord {
  Timestamp since;  ///< known with its calendar since then
  bool paused = false;
  std::optional<Timestamp> resumed_at{};  ///< from the last pause
  int failures = 0;                       ///< in a row; a run whose process died is one
  std::optional<ScheduledRun> last{};
  std::vector<Stretch> claimed{};  ///< as far as it was asked for, ascending
};

/// What the scheduler must remember. An *occurrence* is a schedule's name and the instant, in UTC,
/// that a run was planned for; it is the key that a run is claimed by.
///
/// - An occurrence is claimed before its run begins, by whoever holds the lease (see Lease), and
/// for
///   ever: another claim, by whichever process and however the clock was set since, is refused.
/// - A claim whose process died counts as begun and is not run again. Each run goes on where the
/// one
///   before it stopped, so the next occurrence does its work, on time or caught up. Under the lease
///   nobody else runs: a claim without an end that the next one finds is of a process that died.
/// - A schedule's claims are at most kMostStretches rows. Beyond that the two that lie closest
///   together become one, and what is between them counts as claimed: first those with nothing
///   between them, last a claim made while the clock was years ahead.
class Occurrences {
 public:
  static constexpr int kMostStretches = 500;

  explicit Occurrences(Database& database) : database_(database) {}

  /// Makes the schedule known. One that is new, or whose calendar is another than it was, is known
  /// since `now`; else nothing changes.
  Result<void> meet(const ScheduleName& schedule, const std::string& calendar, Timestamp now);
  /// With the claims that reach `from` or later; nullopt for a schedule that was never met.
  Result<std::optional<ScheduleRecord>> find(const ScheduleName& schedule, Timestamp from);
  /// Of a schedule that was met.
  Result<Claim> claim(const ScheduleName& schedule, Timestamp occurrence, Timestamp now);
  /// Without effect where the schedule has begun another occurrence since.
  Result<void> finish(const ScheduleName& schedule, Timestamp occurrence, int exit_code, RunEnd end,
                      Timestamp now);
  /// No lease is needed for these two. False: it was so already.
  Result<bool> pause(const ScheduleName& schedule, Timestamp now);
  Result<bool> resume(const ScheduleName& schedule, Timestamp now);

 private:
  void join_closest(const ScheduleName& schedule);

  Database& database_;
};

}  // namespace praxisync::store
