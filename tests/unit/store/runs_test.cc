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

TEST_F(StoreTest, RunThatNeverWasIsNotFound) {
  EXPECT_EQ(store.runs().find(RunKey{99}).value().has_value(), false);
}

}  // namespace
}  // namespace praxisync::store
