#pragma once

#include "sync/context.h"

namespace praxisync::sync {

/// Before anybody is contacted: blocks the queued persons whose domain [safety] does not allow, and
/// queues again those whom it allows now. The one place where domains are looked at, so that it
/// covers whoever was queued before the config changed.
Course apply_domains(Context& context);

/// Puts down why routes are held that have grown too much: `to_confirm` is the number that lets
/// everybody go.
void report_grown(Context& context, const store::Growth& growth, int to_confirm);

}  // namespace praxisync::sync
