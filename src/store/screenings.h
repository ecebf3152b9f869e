/// The one function through which states change: it checks that the step is allowed and writes the
/// history row. For the store's own sources; call it inside a transaction.
#pragma once

#include <string_view>

#include "domain/engagement.h"
#include "store/database.h"
#include "store/stamp.h"

namespace praxisync::store {

void step_screening(Database& database, ScreeningKey key, State from, State to,
                    std::string_view reason, const Stamp& stamp);

/// Moves the engagement and every screening that goes with it and may take the step. The number of
/// screenings moved.
int step_engagement(Database& database, EngagementKey key, State to, std::string_view reason,
                    const Stamp& stamp);

/// Where a screening stands whose engagement is in `state`: the same word, for all that both have.
void record_first_state(Database& database, ScreeningKey key, State state, std::string_view reason,
                        const Stamp& stamp);

/// Of a screening `s`. Where a route lists nobody any more, nobody is taken to have left, but
/// whoever was not seen since is not contacted either.
#define PRAXISYNC_SEEN                                                                         \
  " (NOT EXISTS (SELECT 1 FROM route_size z JOIN application a ON a.id = s.application JOIN"   \
  " checkpoint c ON c.stream = 'pull:' || a.connector WHERE z.route = s.route AND z.empty = 1" \
  " AND a.seen_sweep < c.sweep)) "

}  // namespace praxisync::store
