#pragma once

#include "domain/engagement.h"
#include "domain/time.h"

namespace praxisync::store {

/// Which run changes something, and when: every history row carries it.
struct Stamp {
  RunKey run{};
  Timestamp at{};
  /// How far the Assess API's clock is ahead of ours: what is compared with its times is stored by
  /// its clock, as ours may be wrong today and mended tomorrow.
  Milliseconds api_ahead{0};

  Timestamp at_the_api() const { return at + api_ahead; }
};

}  // namespace praxisync::store
