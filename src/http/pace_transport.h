/// Keeps an account below the short-term limit of a peer: so many requests a span, and what the
/// answers' headers say of the window, or a 429 of when to come back. Stands below the retry layer
/// and waits on the clock, so that a 429 is the exception. Used from one thread.
#pragma once

#include <functional>
#include <optional>

#include "domain/clock.h"
#include "http/transport.h"

namespace praxisync::http {

/// The peer's own words on its window, taken from one answer.
struct RateWindow {
  int remaining = 0;
  Milliseconds resets_in{};  ///< from the answer on
};

/// X-RateLimit-Remaining and X-RateLimit-Reset (seconds from now, or since 1970: then held against
/// the answer's own Date); nullopt where either is missing or no number.
std::optional<RateWindow> rate_window(const Response& reply, Timestamp now);

struct PacePolicy {
  int requests = 0;  ///< in each span; 0: only the headers count
  Milliseconds span = std::chrono::seconds{1};
  Milliseconds longest_wait =
      std::chrono::seconds{60};           ///< for a longer one, Throttled is returned
  std::function<Timestamp()> deadline{};  ///< no wait goes past it; empty: none
};

class PaceTransport final : public Transport {
 public:
  PaceTransport(Transport& next, Clock& clock, PacePolicy policy);

  /// Throttled, with retry_at, where the wait would be too long; Exhausted when the clock came back
  /// early: the program was told to stop. Either way nothing was sent.
  Result<Response> send(const Request& request) override;

 private:
  void refill(Timestamp now);
  /// When the next request may go.
  Timestamp turn(Timestamp now);

  Transport& next_;
  Clock& clock_;
  PacePolicy policy_;
  double tokens_ = 0;
  Timestamp filled_at_{};
  Timestamp told_at_{}, closed_until_{};
};

}  // namespace praxisync::http
