#pragma once

#include "sync/invite.h"

namespace praxisync::sync {

/// Enrolls the persons of one pipeline's queue, one call each. The API does not say that a second
/// call is harmless, so a call whose answer is lost is never repeated here: `settle` looks first.
Course enroll(Context& context, const store::Queue& queue, int most, Remaining& remaining);

}  // namespace praxisync::sync
