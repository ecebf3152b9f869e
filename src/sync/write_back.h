#pragma once

#include "sync/context.h"

namespace praxisync::sync {

/// Plans the write-backs of every outcome that has none yet, by its route's policy: texts are made
/// here, once, so that what is sent is what was planned.
Course plan_write_backs(Context& context);

/// Phase 4: sends what is planned. Each action has its intent stored before it is sent and is
/// looked for before it is sent again. A person's hand wins: nobody is moved who has left the
/// expected stage.
Course write_back(Context& context);

}  // namespace praxisync::sync
