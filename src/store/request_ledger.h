/// The ledger of requests in the database. A request counts from its debit until an hour after its
/// answer came, or where that was not noted (a kill) a little longer: whenever the server counted
/// it in between, no window of 3600 s holds more than the limit. Time is the machine's stopwatch,
/// so setting the wall clock changes nothing; after a boot the wall clock alone tells how long ago
/// a request was, and an hour is the most that it can cost.
///
/// Two processes may use one database's ledger; two databases cannot share one: then the answers'
/// headers and 429 bound the damage.
#pragma once

#include <string>

#include "domain/clock.h"
#include "http/ledger.h"

namespace praxisync::store {

class Database;

/// What one class allows.
struct RequestLimit {
  int an_hour = 0;
  int reserve = 0;  ///< of it, kept back from ordinary work
};

struct RequestLimits {
  RequestLimit reads, writes;
};

class RequestLedger final : public http::Ledger {
 public:
  /// `account` is "assess" or "ats:NAME". Borrows the database and the clock.
  RequestLedger(Database& database, const Clock& clock, std::string account, RequestLimits limits);
  RequestLedger(const RequestLedger&) = delete;
  RequestLedger& operator=(const RequestLedger&) = delete;

  Result<http::DebitKey> debit(http::Cost cost, http::Draw draw) override;
  Result<void> ended(http::DebitKey key, http::Cost cost, const http::Told& told) override;
  Result<void> flush() override;
  Result<http::Allowance> allowance(http::Cost cost) override;

 private:
  class Window;
  struct Ended {
    http::DebitKey key{};
    Uptime at;
    Timestamp wall;
  };

  void clean_up(http::Cost cost);
  /// Rows of another boot are put onto this boot's stopwatch.
  void adopt(const Uptime& now);
  /// The end of a request costs no transaction of its own: it goes with the next one.
  void write_ended();

  Database& database_;
  const Clock& clock_;
  std::string account_;
  RequestLimits limits_;
  std::optional<std::string> adopted_;  ///< the boot whose stopwatch the rows are on
  std::optional<Ended> ended_;
  // By class, as last seen.
  int used_[2] = {0, 0}, others_[2] = {0, 0};
  std::optional<int> told_[2];
};

}  // namespace praxisync::store
