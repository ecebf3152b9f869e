#pragma once

#include "cli/by_hand.h"

namespace praxisync::cli {

/// `invites bulk SLUG [FILE]`: the exit code.
int invite_in_bulk(ByHand& hand);

}  // namespace praxisync::cli
