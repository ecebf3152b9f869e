#pragma once

#include "sync/context.h"

namespace praxisync::sync {

/// Phase 2: queued persons are invited in bulk, an assessment at a time, or enrolled one call each.
/// Each call's intent is stored before it and the answer after it. Nothing is sent while more
/// persons are queued than the safety limit allows (Ending::Held), nor beyond the month's quota
/// (Ending::Quota).
Course dispatch(Context& context);

/// The further rounds that the lifecycle has queued since, under the same limits; nothing after a
/// dispatch that was held or stopped.
Course dispatch_again(Context& context);

}  // namespace praxisync::sync
