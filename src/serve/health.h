/// Whether the process lives and whether it can do its work, for whoever restarts or routes to it.
#pragma once

#include <atomic>
#include <string>

#include "domain/clock.h"
#include "http/transport.h"
#include "serve/live.h"

namespace praxisync::serve {

class Health {
 public:
  /// A run that tells nothing for so long hangs: no request and no wait of one takes longer.
  static constexpr std::chrono::minutes kSilence{15};

  /// Borrows both. Of `clock`, now() is asked from any thread.
  Health(const Live& live, const Clock& clock) : live_(live), clock_(clock) {}

  /// Why the work cannot be done; empty: it can. From any thread.
  void set_trouble(std::string trouble);

  /// GET /healthz: 200, or 503 when a run hangs: then a restart helps.
  http::Response alive() const;
  /// GET /readyz: 200, or 503 with what is amiss, which a restart does not mend.
  http::Response ready() const;

 private:
  const Live& live_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::string trouble_;
};

}  // namespace praxisync::serve
