#pragma once

#include "sync/context.h"
#include "sync/status_lookup.h"

namespace praxisync::sync {

/// Phase 3: what became of those who were contacted before this run. Lists, not single polls:
/// results newest-first down to the watermark, the list of invitations where a state has to be
/// asked for, enrollments only of those whom a stage's result shows to have moved, and details only
/// where a policy writes something that stands in no list.
Course collect(Context& context, Tokens tokens);

}  // namespace praxisync::sync
