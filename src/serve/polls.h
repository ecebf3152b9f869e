/// When a scheduled run may be left out because webhooks say what is new. Pure.
#pragma once

#include <optional>
#include <vector>

#include "domain/time.h"

namespace praxisync::serve {

struct Polls {
  Milliseconds apart{};  ///< while webhooks arrive, scheduled runs are so far apart; 0: no farther
  std::optional<Timestamp> last_complete{};  ///< when the last one began that read everything
  /// When each side that a run asks last delivered; nullopt: it never did, or cannot.
  std::vector<std::optional<Timestamp>> delivered{};
};

/// Only while every side has delivered within `apart`: one that is silent may have nothing to tell,
/// or its webhooks may be broken, and then nothing but a run finds out.
bool may_be_left_out(const Polls& polls, Timestamp now);

}  // namespace praxisync::serve
