#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

TEST_F(StoreTest, CheckpointOfAStreamNeverReadIsEmpty) {
  const Checkpoint checkpoint = store.checkpoints().load("pull:gh").value();

  EXPECT_TRUE(checkpoint.cursor.empty());
  EXPECT_EQ(checkpoint.fingerprint, "");
  EXPECT_EQ(checkpoint.sweep, 0);
  EXPECT_EQ(checkpoint.watermark, std::nullopt);
  EXPECT_EQ(checkpoint.updated_at, std::nullopt);
}

TEST_F(StoreTest, CheckpointIsReadBackWhole) {
  Checkpoint checkpoint;
  checkpoint.cursor = Cursor("page=3&\"'\n");
  checkpoint.fingerprint = "routes-1";
  checkpoint.sweep = 7;
  checkpoint.sweep_flaws = 2;
  checkpoint.watermark = kNow + 1ms;
  checkpoint.scan_top = kNow + 2ms;
  checkpoint.full_at = kNow + 3ms;
  ASSERT_THAT(store.checkpoints().save("results:screen", checkpoint, kNow + 4ms), IsOk());

  const Checkpoint found = store.checkpoints().load("results:screen").value();

  EXPECT_EQ(found.cursor, checkpoint.cursor);
  EXPECT_EQ(found.fingerprint, "routes-1");
  EXPECT_EQ(found.sweep, 7);
  EXPECT_EQ(found.sweep_flaws, 2);
  EXPECT_EQ(found.watermark, kNow + 1ms);
  EXPECT_EQ(found.scan_top, kNow + 2ms);
  EXPECT_EQ(found.full_at, kNow + 3ms);
  EXPECT_EQ(found.updated_at, kNow + 4ms);
}

TEST_F(StoreTest, CheckpointIsReplacedByTheNext) {
  Checkpoint first;
  first.watermark = kNow;
  ASSERT_THAT(store.checkpoints().save("invites", first, kNow), IsOk());
  ASSERT_THAT(store.checkpoints().save("invites", Checkpoint{}, kNow), IsOk());

  EXPECT_EQ(store.checkpoints().load("invites").value().watermark, std::nullopt);
}

TEST_F(StoreTest, CheckpointsOfStreamsAreApart) {
  Checkpoint checkpoint;
  checkpoint.cursor = Cursor("here");
  ASSERT_THAT(store.checkpoints().save(pull_stream(ConnectorName("a")), checkpoint, kNow), IsOk());

  EXPECT_TRUE(store.checkpoints().load(pull_stream(ConnectorName("b"))).value().cursor.empty());
  EXPECT_TRUE(store.checkpoints().load(results_stream("a")).value().cursor.empty());
  EXPECT_EQ(store.checkpoints().load("pull:a").value().cursor, Cursor("here"));
}

}  // namespace
}  // namespace praxisync::store
