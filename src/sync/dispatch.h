#pragma once

#include "sync/context.h"

namespace praxisync::sync {

/// Phase 2: queued persons are invited in bulk, an assessment at a time, or enrolled one call each.
/// Each call's intent is stored before it and the answer after it. Nothing is sent while more
/// persons are queued than the safety limit allows (Ending::Held), nor beyond the month's quota
/// (Ending::Quota); nobody of a route that has grown too much, or in a domain that is not allowed.
Course dispatch(Context& context);

/// The further rounds that the lifecycle has queued since, under the same limits for both together;
/// nothing after a dispatch that was held or stopped.
Course dispatch_again(Context& context);

}  // namespace praxisync::sync
