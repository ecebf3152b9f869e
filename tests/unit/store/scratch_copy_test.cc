#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST_F(StoreTest, ScratchCopyHoldsWhatTheOriginalHolds) {
  accept({listed("a-1", "a@example.org")});

  Result<Store> copy = store.scratch_copy();

  ASSERT_THAT(copy, IsOk());
  EXPECT_THAT(copy->view().explain("a-1").value(), SizeIs(1));
  EXPECT_EQ(copy->checkpoints().load(pull_stream(kGh)).value().cursor, Cursor("cursor"));
}

TEST_F(StoreTest, ScratchCopyLeavesTheOriginalAsItWas) {
  accept({listed("a-1", "a@example.org")});
  ASSERT_THAT(store.begin_epoch("host", kNow), IsOk());
  Result<Store> copy = store.scratch_copy();
  ASSERT_THAT(copy, IsOk());
  const auto fingerprint = [&] {
    return raw(
        "SELECT (SELECT group_concat(state || attempted) FROM engagement) || '/' || "
        "(SELECT count(*) FROM history) || '/' || (SELECT count(*) FROM run)");
  };
  const std::string before = fingerprint();

  const EngagementKey key = engagement("a-1").key;
  ASSERT_THAT(copy->intents().open(IntentKind::Invite, "screen", {key}, "", kNow, stamp()), IsOk());
  ASSERT_THAT(copy->runs().begin(kNow), IsOk());
  ASSERT_THAT(copy->begin_epoch("plan", kNow), IsOk());

  EXPECT_EQ(fingerprint(), before);
  EXPECT_EQ(state("a-1"), State::Queued);
  EXPECT_THAT(store.runs().begin(kNow), IsOk()) << "the lease is still held";
}

TEST_F(StoreTest, ScratchCopyDoesNotSeeWhatComesLater) {
  Result<Store> copy = store.scratch_copy();
  ASSERT_THAT(copy, IsOk());

  accept({listed("a-1", "a@example.org")});

  EXPECT_THAT(copy->view().explain("a-1").value(), IsEmpty());
}

TEST_F(StoreTest, ScratchCopyLeavesNoFile) {
  Result<Store> copy = store.scratch_copy();
  ASSERT_THAT(copy, IsOk());
  ASSERT_THAT(copy->runs().begin(kNow), IsOk());

  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    EXPECT_TRUE(entry.path().filename().string().starts_with("praxisync.db")) << entry.path();
  }
}

TEST_F(StoreTest, ScratchCopyCanBeMadeByAReader) {
  accept({listed("a-1", "a@example.org")});
  Result<Store> reader = Store::open_for_reading(path);
  ASSERT_THAT(reader, IsOk());

  Result<Store> copy = reader->scratch_copy();

  ASSERT_THAT(copy, IsOk());
  EXPECT_THAT(copy->runs().begin(kNow), IsOk());
}

TEST(Scratch, IsAWholeStore) {
  Result<Store> store = Store::scratch();

  ASSERT_THAT(store, IsOk());
  EXPECT_THAT(store->runs().begin(kNow), IsOk());
  EXPECT_THAT(store->runs().latest(10).value(), SizeIs(1));
}

}  // namespace
}  // namespace praxisync::store
