#pragma once

#include <optional>

#include "domain/time.h"

namespace praxisync::http {

struct BackoffPolicy {
  Milliseconds base{500};    ///< the ceiling of the first wait; it doubles with each attempt
  Milliseconds cap{20'000};  ///< the ceiling never exceeds this
  Milliseconds floor{100};   ///< no wait is shorter
};

/// How long to wait after attempt number `attempt` (from 1) failed: evenly between the floor and
/// the ceiling by `jitter` in [0, 1). What the peer asked for wins where it is longer, with
/// `jitter` times `base` on top, so that several clients of one account do not all come back at
/// once.
Milliseconds backoff(const BackoffPolicy& policy, int attempt, double jitter,
                     std::optional<Milliseconds> retry_after);

}  // namespace praxisync::http
