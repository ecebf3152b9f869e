#pragma once

#include <optional>

#include "domain/email_domains.h"
#include "domain/time.h"

namespace praxisync::sync {

struct Options {
  int bulk_size = 100;  ///< candidates a bulk invitation
  Milliseconds settle_after =
      std::chrono::minutes{10};  ///< before it, absence after a lost answer proves nothing
  Milliseconds full_sweep =
      std::chrono::hours{24};  ///< how often results are read beyond the watermark
  Milliseconds longest_wait =
      std::chrono::hours{72};      ///< in a queue: who waits longer goes before any priority
  int max_invites_per_run = 500;   ///< above it nothing is sent
  EmailDomains domains{};          ///< whose addresses may be contacted
  std::optional<int> confirmed{};  ///< `--confirm N`: up to that many may be sent
};

}  // namespace praxisync::sync
