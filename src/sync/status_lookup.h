#pragma once

#include "sync/context.h"

namespace praxisync::sync {

/// Only a call that writes gives back a token that no list names.
enum class Tokens { Fetch, LeaveOut };

/// Learns the state of those whose results do not tell it: invited by somebody else before us, or
/// past their expiry. By the list or singly, whichever is cheaper.
Course look_up_statuses(Context& context, Tokens tokens);

}  // namespace praxisync::sync
