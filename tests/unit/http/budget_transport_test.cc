#include "http/budget_transport.h"

#include "support/fake_clock.h"
#include "support/result_matchers.h"
#include "unit/http/scripted_transport.h"

namespace praxisync::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::FakeClock;

/// Writes down what is asked of it.
class NotingLedger final : public Ledger {
 public:
  Result<DebitKey> debit(Cost cost, Draw draw) override {
    notes.push_back(std::string(cost == Cost::Read ? "read" : "write") +
                    (draw == Draw::Work ? "" : " from the reserve"));
    if (refusal) return *refusal;
    return DebitKey{1};
  }
  Result<void> ended(DebitKey, Cost, const Told& what) override {
    notes.emplace_back("ended");
    told = what;
    return {};
  }
  Result<void> flush() override { return {}; }
  Result<Allowance> allowance(Cost) override { return Allowance{}; }

  std::optional<Error> refusal;
  std::vector<std::string> notes;
  Told told;
};

struct Budgeted {
  explicit Budgeted(std::vector<Result<Response>> script) : peer(std::move(script)) {
    transport.debit_in(&ledger);
  }
  FakeClock clock;
  ScriptedTransport peer;
  NotingLedger ledger;
  BudgetTransport transport{peer, clock};
};

const Request kLook{.url = "https://h.example/"};

TEST(BudgetTransport, DebitsBeforeItSendsAndNotesTheEnd) {
  Budgeted budgeted({status(200)});
  Request write = kLook;
  write.cost = Cost::Write;
  write.draw = Draw::Reserve;

  EXPECT_EQ(budgeted.transport.send(write)->status, 200);

  EXPECT_THAT(budgeted.ledger.notes, ElementsAre("write from the reserve", "ended"));
}

TEST(BudgetTransport, SendsNothingThatTheLedgerRefuses) {
  Budgeted budgeted({status(200)});
  budgeted.ledger.refusal = Error{ErrorKind::Throttled, "used up"};

  EXPECT_THAT(budgeted.transport.send(kLook), FailsSaying("used up"));

  EXPECT_THAT(budgeted.peer.sent, IsEmpty());
}

TEST(BudgetTransport, ALostAnswerEndsItsDebitToo) {
  Budgeted budgeted({Error{ErrorKind::OutcomeUnknown, "lost"}});

  EXPECT_THAT(budgeted.transport.send(kLook), FailsWith(ErrorKind::OutcomeUnknown));

  EXPECT_THAT(budgeted.ledger.notes, ElementsAre("read", "ended"));
}

TEST(BudgetTransport, TellsTheLedgerWhatTheHeadersSay) {
  Budgeted budgeted(
      {Response{200, {{"X-RateLimit-Limit", "500"}, {"x-ratelimit-remaining", " 499 "}}, {}}});

  (void)budgeted.transport.send(kLook);

  EXPECT_THAT(budgeted.ledger.told.limit, Optional(500));
  EXPECT_THAT(budgeted.ledger.told.remaining, Optional(499));
  EXPECT_EQ(budgeted.ledger.told.closed_for, std::nullopt);
}

TEST(BudgetTransport, HeadersThatMakeNoSenseTellNothing) {
  for (const char* const value : {"", "-1", "many", "1e3", "99999999999", "5;w=60"}) {
    Budgeted budgeted({Response{200, {{"X-RateLimit-Remaining", value}}, {}}});
    (void)budgeted.transport.send(kLook);
    EXPECT_EQ(budgeted.ledger.told.remaining, std::nullopt) << value;
  }
}

TEST(BudgetTransport, A429ClosesForRetryAfterOrTheDocumentedHour) {
  Budgeted budgeted({status(429, {{"Retry-After", "90"}}), status(429)});

  (void)budgeted.transport.send(kLook);
  EXPECT_THAT(budgeted.ledger.told.closed_for, Optional(std::chrono::seconds{90}));
  (void)budgeted.transport.send(kLook);
  EXPECT_THAT(budgeted.ledger.told.closed_for, Optional(kRollingHour));
}

}  // namespace
}  // namespace praxisync::http
