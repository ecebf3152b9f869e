/// What a schedule does next: one rule over its timing, what the database remembers of it and the
/// time. Pure. The scheduler acts on it, `status` shows it.
///
/// Of the occurrences that have come and were not claimed only the latest can still run: it stands
/// for those before it. Occurrences from before the schedule was known in its present form never
/// run. After the second failure in a row, occurrences are given up for the schedule's own step,
/// doubled with each further failure, an hour or that step at most, whichever is longer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "schedule/timing.h"
#include "store/occurrences.h"

namespace praxisync::schedule {

/// A schedule that is to be kept.
struct Plan {
  ScheduleName name;
  std::vector<ConnectorName> connectors;  ///< that its runs are for
  Timing timing;
};

/// That of all connectors without one of their own.
inline ScheduleName instance_schedule() { return ScheduleName("instance"); }
inline ScheduleName schedule_of(const ConnectorName& connector) {
  return ScheduleName("connector:" + connector.text());
}

/// Whoever wakes up to so much later than planned was there all the same.
inline constexpr std::chrono::minutes kGrace{1};

struct Moment {
  Timestamp now;
  Timestamp watched_since;  ///< nobody can have missed what comes after it
  std::string_view seed;    ///< of all jitter: the same for all who share a database
};

struct Prospect {
  Timestamp occurrence;
  Timestamp begins_at;  ///< with its jitter, which is the same however often it is asked for
  friend bool operator==(const Prospect&, const Prospect&) = default;
};

/// It is due when `begins_at` is not after `now`. nullopt: the schedule is paused.
/// `record` needs the claims from claims_from() on.
std::optional<Prospect> prospect(const Plan& plan, const store::ScheduleRecord& record,
                                 const Moment& moment);
Timestamp claims_from(const Plan& plan, Timestamp now);

}  // namespace praxisync::schedule
