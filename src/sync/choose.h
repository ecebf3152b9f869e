#pragma once

#include "sync/context.h"

namespace praxisync::sync {

/// Holds each action of the run's Selection against the ground as it is now, and narrows the store
/// to those that stand. The others are dropped, each with its reason in the report; one whose
/// ground has moved ends the run with Ending::Records, one that was done meanwhile does not.
Course choose(Context& context);

}  // namespace praxisync::sync
