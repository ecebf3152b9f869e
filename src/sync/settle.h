#pragma once

#include "sync/context.h"

namespace praxisync::sync {

/// What an earlier run left unanswered is settled before anything else is sent. Invitations are
/// idempotent by person and assessment for as long as they run, so they simply go again within
/// some days; afterwards they are looked for first, and an enrollment, which is not idempotent,
/// always is (reliability: "exactly once" is idempotence or an unambiguous look-up, nothing else).
Course settle(Context& context);

/// Whoever waits in the queue since a call that may have invited them days ago is looked for: right
/// before others are sent to, as whoever was blocked or had left may be in the queue again.
Course settle_old_attempts(Context& context);

}  // namespace praxisync::sync
