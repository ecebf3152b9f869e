#include "store/request_ledger.h"

#include <cstdlib>
#include <deque>
#include <random>

#include "http/budget_transport.h"
#include "store/store.h"
#include "support/fake_clock.h"
#include "support/result_matchers.h"

namespace praxisync::store {
namespace {

using http::Cost;
using http::Draw;
using std::chrono::minutes;
using std::chrono::seconds;
using testing_support::FailsWith;
using testing_support::FakeClock;
using testing_support::IsOk;

/// What a server counts: requests in the hour that ends now.
class ServerHour {
 public:
  explicit ServerHour(int limit) : limit_(limit) {}

  bool take(Milliseconds now) {
    while (!taken_.empty() && taken_.front() + http::kRollingHour <= now) taken_.pop_front();
    if (static_cast<int>(taken_.size()) >= limit_) return false;
    taken_.push_back(now);
    return true;
  }
  int remaining() const { return limit_ - static_cast<int>(taken_.size()); }

 private:
  int limit_;
  std::deque<Milliseconds> taken_;
};

class LedgerTest : public testing::Test {
 protected:
  std::unique_ptr<RequestLedger> ledger() {
    return store.request_ledger(clock, "assess", {{20, 5}, {10, 0}});
  }
  /// One request from debit to answer.
  static Result<void> spend(RequestLedger& ledger, Cost cost, Draw draw = Draw::Work,
                            const http::Told& told = {}) {
    const Result<http::DebitKey> key = ledger.debit(cost, draw);
    if (!key) return key.error();
    return ledger.ended(*key, cost, told);
  }
  static int spend_all(RequestLedger& ledger, Cost cost, Draw draw = Draw::Work) {
    int sent = 0;
    while (spend(ledger, cost, draw)) ++sent;
    return sent;
  }

  FakeClock clock;
  Store store = std::move(*Store::scratch());
};

TEST_F(LedgerTest, AllowsTheHoursRequestsAndSaysWhenThereAreMore) {
  const auto ledger = this->ledger();
  const Timestamp first = clock.now();

  EXPECT_EQ(spend_all(*ledger, Cost::Write), 10);

  const Result<void> refused = spend(*ledger, Cost::Write);
  EXPECT_THAT(refused, FailsWith(ErrorKind::Throttled));
  clock.sleep_until(*refused.error().retry_at);
  EXPECT_GE(clock.now(), first + http::kRollingHour);
  EXPECT_THAT(spend(*ledger, Cost::Write), IsOk());
}

TEST_F(LedgerTest, ReadsAndWritesAndAccountsAreApart) {
  const auto ledger = this->ledger();
  const auto ats = store.request_ledger(clock, "ats:gh", {{3, 0}, {2, 0}});

  spend_all(*ledger, Cost::Write);

  EXPECT_EQ(spend_all(*ledger, Cost::Read), 15);
  EXPECT_EQ(spend_all(*ats, Cost::Write), 2);
}

TEST_F(LedgerTest, TheReserveIsForThoseWhoMayDrawOnIt) {
  const auto ledger = this->ledger();

  EXPECT_EQ(spend_all(*ledger, Cost::Read), 15);
  EXPECT_EQ(spend_all(*ledger, Cost::Read, Draw::Reserve), 5);
}

TEST_F(LedgerTest, AnotherProcessFindsWhatWasSpent) {
  spend_all(*ledger(), Cost::Write);

  EXPECT_EQ(spend_all(*ledger(), Cost::Write), 0);
  clock.advance(minutes{63});
  EXPECT_EQ(spend_all(*ledger(), Cost::Write), 10);
}

TEST_F(LedgerTest, ARequestWhoseEndIsNotKnownCountsAsIfItHadTakenLong) {
  const auto ledger = this->ledger();
  (void)ledger->debit(Cost::Write, Draw::Work);
  clock.advance(http::kRollingHour + seconds{1});

  EXPECT_EQ(spend_all(*this->ledger(), Cost::Write), 9);
}

TEST_F(LedgerTest, SettingTheWallClockChangesNothing) {
  const auto ledger = this->ledger();
  spend_all(*ledger, Cost::Write);

  clock.set_wall(std::chrono::hours{30});
  EXPECT_EQ(spend_all(*ledger, Cost::Write), 0);
  clock.set_wall(-std::chrono::hours{70});
  EXPECT_EQ(spend_all(*ledger, Cost::Write), 0);
  clock.advance(minutes{63});
  EXPECT_EQ(spend_all(*ledger, Cost::Write), 10);
}

TEST_F(LedgerTest, AfterABootTheWallClockTellsHowLongAgoARequestWas) {
  spend_all(*ledger(), Cost::Write);
  clock.reboot();
  clock.advance(minutes{30});

  EXPECT_EQ(spend_all(*ledger(), Cost::Write), 0);
  clock.advance(minutes{33});
  EXPECT_EQ(spend_all(*ledger(), Cost::Write), 10);
}

TEST_F(LedgerTest, AWallClockSetBackOverABootCostsAnHourAtMost) {
  spend_all(*ledger(), Cost::Write);
  clock.reboot();
  clock.set_wall(-std::chrono::hours{500});

  EXPECT_EQ(spend_all(*ledger(), Cost::Write), 0);
  clock.advance(minutes{63});
  EXPECT_EQ(spend_all(*ledger(), Cost::Write), 10);
}

TEST_F(LedgerTest, WhatOthersUsedIsNotUsedAgain) {
  const auto ledger = this->ledger();

  ASSERT_THAT(spend(*ledger, Cost::Write, Draw::Work, {.limit = 10, .remaining = 4}), IsOk());

  EXPECT_EQ(spend_all(*ledger, Cost::Write), 4);
}

TEST_F(LedgerTest, WhatOthersUsedComesBackWhenTheServerSaysSo) {
  const auto ledger = this->ledger();
  ASSERT_THAT(spend(*ledger, Cost::Write, Draw::Work, {.limit = 10, .remaining = 4}), IsOk());

  ASSERT_THAT(spend(*ledger, Cost::Write, Draw::Work, {.limit = 10, .remaining = 8}), IsOk());

  EXPECT_EQ(spend_all(*ledger, Cost::Write), 8);
}

TEST_F(LedgerTest, ALowerLimitThatTheServerTellsIsKeptUntilItTellsAnother) {
  ASSERT_THAT(spend(*ledger(), Cost::Write, Draw::Work, {.limit = 3, .remaining = 2}), IsOk());
  EXPECT_EQ(ledger()->allowance(Cost::Write)->limit, 3);

  ASSERT_THAT(spend(*ledger(), Cost::Write, Draw::Work, {.limit = 50, .remaining = 48}), IsOk());
  EXPECT_EQ(ledger()->allowance(Cost::Write)->limit, 10) << "never above the configured one";
}

TEST_F(LedgerTest, A429ClosesItsClassForAsLongAsItSays) {
  const auto ledger = this->ledger();
  ASSERT_THAT(spend(*ledger, Cost::Write, Draw::Work, {.remaining = 0, .closed_for = seconds{90}}),
              IsOk());

  EXPECT_THAT(spend(*ledger, Cost::Write), FailsWith(ErrorKind::Throttled));
  EXPECT_THAT(spend(*this->ledger(), Cost::Write, Draw::Reserve), FailsWith(ErrorKind::Throttled));
  EXPECT_THAT(spend(*ledger, Cost::Read), IsOk());
  EXPECT_EQ(ledger->allowance(Cost::Write)->closed_until, clock.now() + seconds{90});
  clock.advance(seconds{90});
  EXPECT_THAT(spend(*ledger, Cost::Write), IsOk());
}

TEST_F(LedgerTest, LookingDoesNotWrite) {
  spend_all(*ledger(), Cost::Write);
  clock.reboot();
  const Result<http::Allowance> allowance = ledger()->allowance(Cost::Write);

  ASSERT_THAT(allowance, IsOk());
  EXPECT_EQ(allowance->left(Draw::Work), 0);
  EXPECT_EQ(allowance->used, 10);
  ASSERT_FALSE(allowance->frees.empty());
  EXPECT_GT(allowance->frees.back().at, clock.now());
}

/// 5,000 for each seed, or as many as PRAXISYNC_LEDGER_REQUESTS says.
int requests_of_a_life() {
  const char* const wanted = std::getenv("PRAXISYNC_LEDGER_REQUESTS");
  return wanted != nullptr ? std::stoi(wanted) : 5'000;
}

/// A life of a ledger: bursts and pauses, restarts, clocks set, boots; seeded.
class LedgerLife : public testing::TestWithParam<unsigned> {};

TEST_P(LedgerLife, NoHourEverHoldsMoreThanTheLimitAndABacklogUsesIt) {
  const int requests = requests_of_a_life();
  const int limit = 3 + static_cast<int>(GetParam());
  std::mt19937_64 random(GetParam());
  const auto chance = [&](unsigned one_in) { return random() % one_in == 0; };
  FakeClock clock;
  Store store = std::move(*Store::scratch());
  Milliseconds age{0};  // as the server's clock goes
  const auto go_on = [&](Milliseconds span) {
    clock.advance(span);
    age += span;
  };
  ServerHour server(limit);
  const auto open = [&] { return store.request_ledger(clock, "assess", {{1, 0}, {limit, 0}}); };
  auto ledger = open();
  int sent = 0;

  while (sent < requests) {
    if (chance(5000)) ledger = open();
    if (chance(20'000)) clock.set_wall(minutes{random() % 4000} - minutes{2000});
    const Result<http::DebitKey> debit = ledger->debit(Cost::Write, Draw::Work);
    if (!debit) {
      ASSERT_THAT(debit, FailsWith(ErrorKind::Throttled));
      ASSERT_GT(*debit.error().retry_at, clock.now());
      go_on(*debit.error().retry_at - clock.now());
      continue;
    }
    const Milliseconds there{random() % 150}, back{random() % 150};
    go_on(there);
    ASSERT_TRUE(server.take(age)) << "request " << sent << " was one too many";
    go_on(back);
    ++sent;
    if (chance(3000)) {
      ledger = open();  // killed before the end was noted
      continue;
    }
    ASSERT_THAT(
        ledger->ended(*debit, Cost::Write, {.limit = limit, .remaining = server.remaining()}),
        IsOk());
  }

  const double hours = std::chrono::duration<double, std::ratio<3600>>(age).count();
  EXPECT_GE(sent, 0.98 * limit * hours) << sent << " in " << hours << " h";
}

TEST_P(LedgerLife, OthersWithTheSameKeyCostFewRefusals) {
  constexpr int kLimit = 100, kHours = 30;
  std::mt19937_64 random(GetParam());
  FakeClock clock;
  Store store = std::move(*Store::scratch());
  const auto ledger = store.request_ledger(clock, "assess", {{1, 0}, {kLimit, 0}});
  ServerHour server(kLimit);
  const Timestamp start = clock.now();
  int refused = 0, sent = 0;

  while (clock.now() < start + std::chrono::hours{kHours}) {
    if (random() % 3 == 0) server.take(clock.now() - start);
    const Result<http::DebitKey> debit = ledger->debit(Cost::Write, Draw::Work);
    if (!debit) {
      clock.sleep_until(std::min(*debit.error().retry_at, clock.now() + minutes{5}));
      continue;
    }
    http::Told told{.limit = kLimit};
    if (server.take(clock.now() - start)) {
      ++sent;
    } else {
      ++refused;
      told.closed_for = minutes{10};
    }
    told.remaining = server.remaining();
    ASSERT_THAT(ledger->ended(*debit, Cost::Write, told), IsOk());
    clock.advance(seconds{random() % 60});
  }

  EXPECT_GT(sent, kHours * kLimit / 2);
  EXPECT_LE(refused, kHours * 3) << "a few an hour, though both want more than there is";
}

INSTANTIATE_TEST_SUITE_P(Seeds, LedgerLife, testing::Range(1U, 21U));

}  // namespace
}  // namespace praxisync::store
