/// Sends nothing that the rolling hour does not allow. Stands below the retry layer, so that each
/// attempt is debited, and above whatever sends.
#pragma once

#include "domain/clock.h"
#include "http/ledger.h"

namespace praxisync::http {

class BudgetTransport final : public Transport {
 public:
  /// Without a ledger everything passes.
  BudgetTransport(Transport& next, const Clock& clock) : next_(next), clock_(clock) {}

  /// Borrowed; nullptr: none.
  void debit_in(Ledger* ledger) { ledger_ = ledger; }

  /// Throttled, with retry_at, where the hour's requests are used up.
  Result<Response> send(const Request& request) override;

 private:
  Transport& next_;
  const Clock& clock_;
  Ledger* ledger_ = nullptr;
};

/// What the headers of an answer say of the limit. Source 002, 'Rate Limit Rules'; a 429 that does
/// not say how long closes the class for the documented hour.
Told told_by(const Response& reply, Timestamp now);

}  // namespace praxisync::http
