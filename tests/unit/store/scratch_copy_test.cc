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

TEST_F(StoreTest, HoldsWhatTheOtherHoldsOnceItBecameIt) {
  Result<Store> other = Store::in_memory("another");
  ASSERT_THAT(other, IsOk());
  accept({listed("a-1", "a@example.org"), listed("a-2", "a@example.org")});
  ASSERT_THAT(other->become(store), IsOk());
  accept({listed("a-3", "c@example.org")});

  EXPECT_THAT(other->view().explain("a-1").value(), SizeIs(1));
  EXPECT_THAT(other->view().explain("a-3").value(), IsEmpty());
  EXPECT_EQ(other->checkpoints().load(pull_stream(kGh)).value().cursor, Cursor("cursor"));
}

TEST_F(StoreTest, ForgetsWhatItHeldOnceItBecameAnother) {
  accept({listed("a-1", "a@example.org")});
  Result<Store> empty = Store::in_memory("empty");
  ASSERT_THAT(empty, IsOk());

  ASSERT_THAT(store.become(*empty), IsOk());

  EXPECT_THAT(store.view().explain("a-1").value(), IsEmpty());
  EXPECT_EQ(store.checkpoints().load(pull_stream(kGh)).value().cursor, Cursor(""));
}

TEST_F(StoreTest, HoldsNoLeaseAndNarrowsNothingOnceItBeganAnew) {
  accept({listed("a-1", "a@example.org")});
  ASSERT_THAT(store.begin_epoch("host", kNow), IsOk());
  ASSERT_THAT(store.ground().narrow_to({}, {}), IsOk());
  Result<Store> next = Store::open(path);
  ASSERT_THAT(next, IsOk());
  ASSERT_THAT(next->begin_epoch("next", kNow), IsOk());
  ASSERT_THAT(store.runs().begin(kNow), FailsWith(ErrorKind::Fatal));
  int doors = 0;

  ASSERT_THAT(store.begin_anew([&] { ++doors; }), IsOk());

  EXPECT_THAT(store.runs().begin(kNow), IsOk());
  EXPECT_EQ(doors, 2) << "one before the commit, one after it";
  EXPECT_EQ(store.engagements().queues(kNow).value().size(), 1U);
}

TEST(Scratch, IsAWholeStore) {
  Result<Store> store = Store::scratch();

  ASSERT_THAT(store, IsOk());
  EXPECT_THAT(store->runs().begin(kNow), IsOk());
  EXPECT_THAT(store->runs().latest(10).value(), SizeIs(1));
}

}  // namespace
}  // namespace praxisync::store
