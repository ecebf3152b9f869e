/// What stands in the queues against what quota and requests allow, as a run and a plan see it.
#pragma once

#include "sync/context.h"
#include "sync/forecast.h"

namespace praxisync::sync {

/// The queues with the priority and the share of the routes that fill them.
Result<std::vector<store::Queue>> read_queues(Context& context);
std::vector<Waiting> weigh(const std::vector<store::Queue>& queues,
                           const std::vector<Route>& routes);

/// How a queue is served: a bulk call does not tell of a further round whether it was renewed.
Calls calls_of(const store::Queue& queue);

/// The month's quota, unless this run has it already: one read, as the list of active assessments
/// carries it, or a second one of the organisation where it does not.
Course read_quota(Context& context);

struct Moment {
  Timestamp now, run_began;
};

/// What is left of the lifecycle's part of the hour's writes, one in twenty, as far as reminders
/// and cancellations are due.
Result<int> kept_for_lifecycle(store::Store& store, const std::vector<Route>& routes, Moment at,
                               int writes_an_hour);

/// What there is to spend now: the quota as last read, the hour's writes as the ledger has them,
/// and what of them is for the lifecycle.
Result<Means> means_of(Context& context);

}  // namespace praxisync::sync
