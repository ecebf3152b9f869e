/// How many requests an account's rolling hour still allows, remembered across runs: the seam
/// between the transport that asks and the database that remembers. Source of the limits: 002,
/// 'Rate Limit Rules' (500 reads and 100 writes in any 3600 s, for the organisation).
#pragma once

#include <optional>
#include <vector>

#include "domain/result.h"
#include "http/transport.h"

namespace praxisync::http {

inline constexpr Milliseconds kRollingHour = std::chrono::hours{1};

/// One class of requests of one account, now.
struct Allowance {
  int limit = 0;    ///< in any hour
  int reserve = 0;  ///< of it, kept back from ordinary work
  int used = 0;     ///< in the last hour, others' use of the key included as far as headers tell
  std::optional<Timestamp> closed_until{};  ///< after a 429
  struct Freed {
    Timestamp at;
    int requests = 0;
  };
  std::vector<Freed> frees{};  ///< when those in use come free, soonest first

  int left(Draw draw) const;
};

/// What an answer tells of its class.
struct Told {
  std::optional<int> limit{}, remaining{};
  std::optional<Milliseconds> closed_for{};  ///< of a 429: until the next one may be sent
};

enum class DebitKey : std::int64_t {};

class Ledger {
 public:
  virtual ~Ledger() = default;
  /// Debits one request, durably, before it is sent. Throttled, with retry_at, where the hour or
  /// the class is closed; Fatal where it cannot be stored. Either way nothing may be sent.
  virtual Result<DebitKey> debit(Cost cost, Draw draw) = 0;
  /// Its answer came, or never will: from now on it counts for an hour.
  virtual Result<void> ended(DebitKey key, Cost cost, const Told& told) = 0;
  /// Writes down what has ended and was not written yet: at the end of a run.
  virtual Result<void> flush() = 0;
  virtual Result<Allowance> allowance(Cost cost) = 0;
};

}  // namespace praxisync::http
