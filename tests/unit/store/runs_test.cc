#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::SizeIs;

TEST_F(StoreTest, RunIsKeptWithItsReport) {
  ASSERT_THAT(store.runs().finish(run, "complete", 3, R"({"run":1})", kNow + 5min), IsOk());

  const std::optional<praxisync::store::Run> found = store.runs().find(run).value();

  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->started_at, kNow);
  EXPECT_EQ(found->finished_at, kNow + 5min);
  EXPECT_EQ(found->reason, "complete");
  EXPECT_EQ(found->exit_code, 3);
  EXPECT_EQ(found->report, R"({"run":1})");
}

TEST_F(StoreTest, RunUnderWayHasNeitherEndNorCode) {
  const std::optional<praxisync::store::Run> found = store.runs().find(run).value();

  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->finished_at, std::nullopt);
  EXPECT_EQ(found->exit_code, std::nullopt);
  EXPECT_EQ(found->reason, "");
}

TEST_F(StoreTest, RunWithoutAnEndIsCalledKilledByTheNext) {
  const RunKey next = store.runs().begin(kNow + 1h).value();

  EXPECT_EQ(store.runs().find(run).value()->reason, "killed");
  EXPECT_EQ(store.runs().find(run).value()->finished_at, std::nullopt);
  EXPECT_EQ(store.runs().find(next).value()->reason, "");
}

TEST_F(StoreTest, RunThatEndedKeepsItsReason) {
  ASSERT_THAT(store.runs().finish(run, "deadline", 4, "", kNow), IsOk());
  ASSERT_THAT(store.runs().begin(kNow + 1h), IsOk());

  EXPECT_EQ(store.runs().find(run).value()->reason, "deadline");
}

TEST_F(StoreTest, RunsAreListedNewestFirst) {
  const RunKey second = store.runs().begin(kNow + 1h).value();
  const RunKey third = store.runs().begin(kNow + 2h).value();

  EXPECT_THAT(store.runs().latest(2).value(),
              ElementsAre(Field(&praxisync::store::Run::key, third),
                          Field(&praxisync::store::Run::key, second)));
  EXPECT_THAT(store.runs().latest(100).value(), SizeIs(3));
}

TEST_F(StoreTest, RunsUnderWayAreNotTheLastThatFinished) {
  const auto none = store.runs().last_finished().value();
  ASSERT_THAT(store.runs().finish(run, "done", 0, "{}", kNow), IsOk());
  ASSERT_THAT(store.runs().begin(kNow + 1h), IsOk());

  EXPECT_EQ(none.has_value(), false);
  EXPECT_EQ(store.runs().last_finished().value()->key, run);
}

constexpr const char* kDocument =
    R"({"counts":{"pulled":3,"invited":2,"blocked":0},
        "requests":{"assess":{"reads":4,"writes":1,"throttled":0,"least":3},
                    "ats":{"gh":{"requests":7,"throttled":1},"lever":{"requests":2,"throttled":0}}},
        "errors":[{"kind":"transient","count":2},{"kind":"rejected","count":1},
                  {"kind":"transient","count":5}],
        "errors_not_listed":4})";

TEST_F(StoreTest, RunsAddUpToTotals) {
  ASSERT_THAT(store.runs().finish(run, "failed", 1, kDocument, kNow), IsOk());
  const RunKey second = store.runs().begin(kNow + 1h).value();
  ASSERT_THAT(store.runs().finish(second, "done", 0, kDocument, kNow + 1h), IsOk());

  ASSERT_THAT(store.runs().totals(), IsOk());
  const RunTotals totals = store.runs().totals().value();

  using Totals = RunTotals::ByLabel;
  EXPECT_EQ(totals.runs, (Totals{{"failed", 1}, {"done", 1}}));
  EXPECT_EQ(totals.counts, (Totals{{"pulled", 6}, {"invited", 4}}));
  EXPECT_EQ(totals.errors, (Totals{{"transient", 14}, {"rejected", 2}, {"not_listed", 8}}));
  EXPECT_EQ(totals.assess, (Totals{{"reads", 8}, {"writes", 2}}));
  EXPECT_EQ(totals.ats_requests, (Totals{{"gh", 14}, {"lever", 4}}));
  EXPECT_EQ(totals.ats_throttled, (Totals{{"gh", 2}}));
}

TEST_F(StoreTest, QuotaIsThatOfTheLastRunThatKnewIt) {
  const auto quota_after = [&](const char* document) {
    EXPECT_THAT(store.runs().finish(run, "done", 0, document, kNow), IsOk());
    return store.runs().totals().value().quota;
  };

  using Totals = RunTotals::ByLabel;
  EXPECT_EQ(quota_after(R"({"quota":null})"), Totals{});
  EXPECT_EQ(quota_after(R"({"quota":{"plan":"growth","limit":500,"remaining":12}})"),
            (Totals{{"limit", 500}, {"remaining", 12}}));
  EXPECT_EQ(quota_after(R"({"quota":null})"), (Totals{{"limit", 500}, {"remaining", 12}}));
  EXPECT_EQ(quota_after("no document"), (Totals{{"limit", 500}, {"remaining", 12}}));
  EXPECT_EQ(quota_after(R"({"quota":{"plan":"growth","limit":500,"remaining":0}})"),
            (Totals{{"limit", 500}, {"remaining", 0}}));
  EXPECT_EQ(quota_after(R"({"quota":{"plan":"enterprise","limit":null,"remaining":null}})"),
            Totals{});
}

TEST_F(StoreTest, KilledRunsAreCountedOnce) {
  ASSERT_THAT(store.runs().begin(kNow + 1h), IsOk());
  ASSERT_THAT(store.runs().begin(kNow + 2h), IsOk());

  EXPECT_EQ(store.runs().totals().value().runs, (RunTotals::ByLabel{{"killed", 2}}));
}

TEST_F(StoreTest, RunsWithoutADocumentAreCountedAlone) {
  for (const char* document : {"", "{", "7", "[]", "{}"}) {
    ASSERT_THAT(store.runs().finish(run, "done", 0, document, kNow), IsOk()) << document;
  }

  ASSERT_THAT(store.runs().totals(), IsOk());
  const RunTotals totals = store.runs().totals().value();

  EXPECT_EQ(totals.runs, (RunTotals::ByLabel{{"done", 5}}));
  EXPECT_THAT(totals.counts, testing::IsEmpty());
  EXPECT_THAT(totals.errors, testing::IsEmpty());
}

TEST_F(StoreTest, LastSuccessMovesOnSuccessAlone) {
  EXPECT_EQ(store.runs().last_success().value(), std::nullopt);
  ASSERT_THAT(store.runs().finish(run, "done", 0, "{}", kNow + 1min), IsOk());
  for (const int code : {1, 3, 4, 5, 7}) {
    const RunKey next = store.runs().begin(kNow + 1h).value();
    ASSERT_THAT(store.runs().finish(next, "other", code, "{}", kNow + 2h), IsOk());
  }
  ASSERT_THAT(store.runs().begin(kNow + 3h), IsOk());

  EXPECT_EQ(store.runs().last_success().value(), kNow + 1min);
}

TEST_F(StoreTest, RunsBeforeOneTellHowTheyEnded) {
  const auto before = [&](RunKey key) {
    Result<std::optional<int>> code = store.runs().exit_code_before(key, 4);
    EXPECT_THAT(code, IsOk());
    return code ? *code : std::nullopt;
  };
  EXPECT_EQ(before(run), std::nullopt);
  ASSERT_THAT(store.runs().finish(run, "unauthorized", 5, "", kNow), IsOk());
  const RunKey stopped = store.runs().begin(kNow).value();
  ASSERT_THAT(store.runs().finish(stopped, "deadline", 4, "", kNow), IsOk());
  ASSERT_THAT(store.runs().begin(kNow), IsOk());  // killed
  const RunKey last = store.runs().begin(kNow).value();
  ASSERT_THAT(store.runs().finish(last, "done", 0, "", kNow), IsOk());

  EXPECT_EQ(before(last), 5);
  EXPECT_EQ(before(RunKey{static_cast<std::int64_t>(last) + 1}), 0);
}

TEST_F(StoreTest, RunThatNeverWasIsNotFound) {
  EXPECT_EQ(store.runs().find(RunKey{99}).value().has_value(), false);
}

}  // namespace
}  // namespace praxisync::store
