#include "store/request_ledger.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/database.h"
#include "store/rows.h"

namespace praxisync::store {

using http::Allowance;
using http::Cost;
using http::DebitKey;
using http::Draw;
using http::kRollingHour;
using http::Told;

namespace {

/// A request whose end is not known (a kill) took no longer than this: twice the transport's total
/// timeout.
constexpr Milliseconds kLongestRequest = std::chrono::minutes{2};
constexpr Milliseconds kLongestDebit = kRollingHour + kLongestRequest;

/// The requests that count now. Those of another boot are placed by the wall clock.
#define PRAXISYNC_IN_WINDOW                                                   \
  "WITH in_window AS (SELECT origin, requests, CASE boot WHEN ?1 THEN until " \
  "ELSE ?2 + max(0, min(?3, until_at - ?4)) END AS until FROM request "       \
  "WHERE account = ?5 AND class = ?6) "

std::string_view class_of(Cost cost) { return cost == Cost::Read ? "read" : "write"; }
std::size_t slot(Cost cost) { return cost == Cost::Read ? 0 : 1; }

}  // namespace

/// The window of one class, as it stands.
class RequestLedger::Window {
 public:
  Window(RequestLedger& ledger, Cost cost)
      : ledger_(ledger),
        database_(ledger.database_),
        cost_(cost),
        name_(class_of(cost)),
        uptime_(ledger.clock_.uptime()),
        now_(ledger.clock_.now()) {
    Query closing(database_,
                  "SELECT told_limit, CASE boot WHEN ?1 THEN closed_until "
                  "ELSE ?2 + max(0, min(?3, closed_until_at - ?4)) END "
                  "FROM request_class WHERE account = ?5 AND class = ?6");
    in_window(closing);
    if (closing.step()) {
      told_limit_ = closing.maybe_integer(0);
      closed_until_ = closing.maybe_integer(1);
    }
    Query sum(database_, PRAXISYNC_IN_WINDOW
              "SELECT coalesce(sum(requests), 0), "
              "coalesce(sum(requests) FILTER (WHERE origin = 'others'), 0) "
              "FROM in_window WHERE until > ?2");
    in_window(sum);
    sum.step();
    remember(static_cast<int>(sum.integer(0)), static_cast<int>(sum.integer(1)));
    if (told_limit_) ledger.told_[slot(cost)] = static_cast<int>(*told_limit_);
  }

  RequestLimit limit() const {
    RequestLimit limit = cost_ == Cost::Read ? ledger_.limits_.reads : ledger_.limits_.writes;
    if (told_limit_) limit.an_hour = std::min(limit.an_hour, static_cast<int>(*told_limit_));
    limit.reserve = std::min(limit.reserve, limit.an_hour);
    return limit;
  }

  Allowance allowance() {
    Allowance allowance{.limit = limit().an_hour, .reserve = limit().reserve, .used = used_};
    if (closed_until_ && *closed_until_ > uptime_.since.count())
      allowance.closed_until = wall(*closed_until_);
    allowance.frees = frees();
    return allowance;
  }

  Result<DebitKey> debit(Draw draw) {
    if (closed_until_ && *closed_until_ > uptime_.since.count()) {
      return refused(wall(*closed_until_),
                     fmt::format("the Assess API asked for patience with {}s", name_));
    }
    const int kept = draw == Draw::Work ? limit().reserve : 0;
    if (used_ + 1 > limit().an_hour - kept) return full(limit().an_hour - kept);
    const DebitKey key{insert("ours", 1, kLongestDebit)};
    remember(used_ + 1, others_);
    return key;
  }

  /// Others may share the key: what the server counts beyond ours is theirs.
  void correct(int remaining, int told_limit) {
    const int counted = std::max(0, told_limit - remaining);
    if (counted > used_) {
      // When they were sent is not told: they may count for a whole hour yet.
      insert("others", counted - used_, kRollingHour);
      remember(counted, others_ + counted - used_);
    } else if (others_ > 0) {
      forgive(std::min(others_, used_ - counted));
    }
  }

  void keep_limit(int told) {
    Query(database_,
          "INSERT INTO request_class (account, class, told_limit, boot) VALUES (?, ?, ?, ?) "
          "ON CONFLICT DO UPDATE SET told_limit = excluded.told_limit")
        .with(ledger_.account_, name_, told, uptime_.boot)
        .run();
  }

  void close(Milliseconds span) {
    Query(database_,
          "INSERT INTO request_class (account, class, boot, closed_until, closed_until_at) "
          "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET boot = excluded.boot, "
          "closed_until = excluded.closed_until, closed_until_at = excluded.closed_until_at")
        .with(ledger_.account_, name_, uptime_.boot, uptime_.since + span, now_ + span)
        .run();
  }

 private:
  void in_window(Query& query) const {
    query.with(uptime_.boot, uptime_.since, kLongestDebit, now_, ledger_.account_, name_);
  }

  std::vector<Allowance::Freed> frees() const {
    Query rows(database_, PRAXISYNC_IN_WINDOW
               "SELECT until, sum(requests) FROM in_window WHERE until > ?2 "
               "GROUP BY until ORDER BY until");
    in_window(rows);
    std::vector<Allowance::Freed> frees;
    while (rows.step()) frees.push_back({wall(rows.integer(0)), static_cast<int>(rows.integer(1))});
    return frees;
  }

  Timestamp wall(std::int64_t until) const { return now_ + (Milliseconds{until} - uptime_.since); }

  std::int64_t insert(std::string_view origin, int requests, Milliseconds span) {
    Query(database_,
          "INSERT INTO request (account, class, origin, requests, boot, until, until_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?)")
        .with(ledger_.account_, name_, origin, requests, uptime_.boot, uptime_.since + span,
              now_ + span)
        .run();
    return database_.last_row();
  }

  /// Takes back up to `requests` that were put down to others, the oldest first.
  void forgive(int requests) {
    while (requests > 0) {
      Query oldest(database_,
                   "SELECT id, requests FROM request WHERE account = ? AND class = ? AND "
                   "origin = 'others' ORDER BY until, id LIMIT 1");
      oldest.with(ledger_.account_, name_);
      if (!oldest.step()) break;
      const std::int64_t id = oldest.integer(0);
      const int had = static_cast<int>(oldest.integer(1));
      const int taken = std::min(had, requests);
      if (taken == had) {
        Query(database_, "DELETE FROM request WHERE id = ?").with(id).run();
      } else {
        Query(database_, "UPDATE request SET requests = ? WHERE id = ?")
            .with(had - taken, id)
            .run();
      }
      requests -= taken;
      remember(used_ - taken, others_ - taken);
    }
  }

  Error full(int allowed) {
    Timestamp at = now_ + kRollingHour;
    int left = used_;
    for (const Allowance::Freed& freed : frees()) {
      if (left + 1 <= allowed) break;
      left -= freed.requests;
      at = freed.at;
    }
    const RequestLimit of = limit();
    return refused(at, of.reserve == 0
                           ? fmt::format("the hour's {} {}s are used up", of.an_hour, name_)
                           : fmt::format("the hour's {} {}s are used up but for {} in reserve",
                                         of.an_hour, name_, of.an_hour - allowed));
  }

  static Error refused(Timestamp at, const std::string& why) {
    Error error{ErrorKind::Throttled, fmt::format("{}: more from {}", why, format_timestamp(at))};
    error.retry_at = at;
    return error;
  }

  void remember(int used, int others) {
    used_ = used;
    others_ = others;
    ledger_.used_[slot(cost_)] = used;
    ledger_.others_[slot(cost_)] = others;
  }

  RequestLedger& ledger_;
  Database& database_;
  Cost cost_;
  std::string_view name_;
  Uptime uptime_;
  Timestamp now_;
  std::optional<std::int64_t> told_limit_, closed_until_;
  int used_ = 0, others_ = 0;
};

RequestLedger::RequestLedger(Database& database, const Clock& clock, std::string account,
                             RequestLimits limits)
    : database_(database), clock_(clock), account_(std::move(account)), limits_(limits) {}

void RequestLedger::clean_up(Cost cost) {
  const Uptime now = clock_.uptime();
  adopt(now);
  write_ended();
  Query(database_, "DELETE FROM request WHERE account = ? AND class = ? AND until <= ?")
      .with(account_, class_of(cost), now.since)
      .run();
}

void RequestLedger::adopt(const Uptime& now) {
  if (adopted_ == now.boot) return;
  const auto rebase = [&](const char* sql) {
    Query(database_, sql).with(now.boot, now.since, kLongestDebit, clock_.now(), account_).run();
  };
  rebase(
      "UPDATE request SET boot = ?1, until = ?2 + max(0, min(?3, until_at - ?4)) "
      "WHERE account = ?5 AND boot <> ?1");
  rebase(
      "UPDATE request_class SET boot = ?1, closed_until = ?2 + max(0, min(?3, closed_until_at - "
      "?4)) WHERE account = ?5 AND boot <> ?1");
  adopted_ = now.boot;
}

void RequestLedger::write_ended() {
  if (!ended_) return;
  Query(database_, "UPDATE request SET until = ?, until_at = ? WHERE id = ? AND boot = ?")
      .with(ended_->at.since + kRollingHour, ended_->wall + kRollingHour, ended_->key,
            ended_->at.boot)
      .run();
  ended_.reset();
}

Result<DebitKey> RequestLedger::debit(Cost cost, Draw draw) {
  std::optional<Error> refusal;
  const Result<DebitKey> debit =
      database_.transaction("debit a request", [&]() -> Result<DebitKey> {
        clean_up(cost);
        Result<DebitKey> key = Window(*this, cost).debit(draw);
        if (key) return key;
        refusal = key.error();  // no failure: what was cleaned up stays
        return DebitKey{0};
      });
  if (debit && refusal) return *refusal;
  return debit;
}

Result<void> RequestLedger::ended(DebitKey key, Cost cost, const Told& told) {
  ended_ = Ended{key, clock_.uptime(), clock_.now()};
  const RequestLimit& limit = cost == Cost::Read ? limits_.reads : limits_.writes;
  const int told_limit = told.limit.value_or(limit.an_hour);
  const bool others = told.remaining && !told.closed_for &&
                      (told_limit - *told.remaining > used_[slot(cost)] || others_[slot(cost)] > 0);
  const int known_limit = told_[slot(cost)].value_or(limit.an_hour);
  const bool other_limit = told.limit && std::min(*told.limit, limit.an_hour) != known_limit;
  if (!others && !other_limit && !told.closed_for) return {};
  return database_.transaction("correct the ledger", [&]() -> Result<void> {
    clean_up(cost);
    Window of(*this, cost);
    if (other_limit) of.keep_limit(std::min(*told.limit, limit.an_hour));
    if (others) of.correct(*told.remaining, told_limit);
    if (told.closed_for) of.close(*told.closed_for);
    return {};
  });
}

Result<void> RequestLedger::flush() {
  if (!ended_) return {};
  return database_.transaction("end a request", [&]() -> Result<void> {
    write_ended();
    return {};
  });
}

Result<Allowance> RequestLedger::allowance(Cost cost) {
  return guarded("read the ledger",
                 [&]() -> Result<Allowance> { return Window(*this, cost).allowance(); });
}

}  // namespace praxisync::store
