#pragma once

#include "sync/context.h"

namespace praxisync::sync {

/// What an earlier run left unanswered is settled before anything else is sent. Invitations are
/// idempotent by person and assessment, so they simply go again; an enrollment is not, so it is
/// looked for first (reliability: "exactly once" is idempotence or an unambiguous look-up, nothing
/// else).
Course settle(Context& context);

}  // namespace praxisync::sync
