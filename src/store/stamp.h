#pragma once

#include "domain/engagement.h"
#include "domain/time.h"

namespace praxisync::store {

/// Which run changes something, and when: every history row carries it.
struct Stamp {
  RunKey run{};
  Timestamp at{};
};

}  // namespace praxisync::store
