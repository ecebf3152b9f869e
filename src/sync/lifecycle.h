#pragma once

#include "sync/context.h"

namespace praxisync::sync {

/// Between collect and write back: reminders for those who let their invitation lie, and the
/// cancelling of pending invitations of those who have left the stage. Re-invitations are part of
/// the write-back's plan, since the expiry of the round before is written back as well.
Course lifecycle(Context& context);

}  // namespace praxisync::sync
