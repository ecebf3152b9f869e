/// When everybody will have been contacted, at the limits of the hour and of the month. Pure: the
/// same allocation that `sync` makes, carried forward.
#pragma once

#include <optional>
#include <vector>

#include "domain/route.h"
#include "http/ledger.h"
#include "sync/fairness.h"

namespace praxisync::sync {

enum class Calls { EachBatch, EachPerson };  ///< what one call serves

/// One queue of a target.
struct Waiting {
  Calls calls = Calls::EachBatch;
  Demand demand;  ///< in persons; its share is the target's, for all its queues together
  Target target{};
};

/// What there is to spend.
struct Means {
  int bulk_size = 100;
  http::Allowance writes{.limit = 100};
  int kept = 0;  ///< of the writes, now: for reminders and cancellations that are due
  std::optional<int> quota_left{}, quota_a_month{};  ///< nullopt: no limit
};

struct Served {
  Timestamp at;
  int persons = 0;
};

struct Forecast {
  std::vector<std::vector<Served>> served;  ///< by queue, in the order of time
  int writes = 0;
  std::optional<Timestamp> done;  ///< nullopt: not within ten years, or never at this quota
};

Forecast forecast(const std::vector<Waiting>& queues, const Means& means, Timestamp now);

/// What each queue may send now: persons, kept within the quota and the hour's writes.
std::vector<int> grants(const std::vector<Waiting>& queues, const Means& means);

/// When there are more writes than now; nullopt where none is in use or waited for.
std::optional<Timestamp> more_writes(const http::Allowance& writes);

/// Calls that `persons` of a queue cost.
int calls_for(Calls calls, int persons, int bulk_size);

/// The first moment of the next calendar month, in UTC. Source 002: quotas are by calendar month;
/// its time zone is not told, so a forecast may be off by a day's part there, and one that
/// is made within that part of a month's end by a month.
Timestamp next_month(Timestamp now);

/// When the month's quota runs dry at the pace of this month so far, `planned` going out now;
/// nullopt: not in this month, or no limit.
std::optional<Timestamp> runs_dry(std::optional<int> limit, std::optional<int> left, int planned,
                                  Timestamp now);

}  // namespace praxisync::sync
