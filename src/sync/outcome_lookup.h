#pragma once

#include "sync/context.h"

namespace praxisync::sync {

/// Learns how those did of whom the list of invitations says only that they have completed, where
/// several did in one assessment: a page of its results tells of a hundred. Reads no more pages
/// than there are such people; whom it does not find is left to their detail. Moves no checkpoint.
Course look_up_outcomes(Context& context);

}  // namespace praxisync::sync
