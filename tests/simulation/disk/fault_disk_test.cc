// The disk itself: what holds on it, what it forgets, and that its faults bite.
#include "simulation/disk/fault_disk.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store.h"
#include "support/result_matchers.h"
#include "support/scratch_folder.h"

namespace praxisync::testing_support {
namespace {

using testing::HasSubstr;

constexpr Timestamp kNow{Milliseconds{1'767'600'000'000}};

class FaultDiskTest : public testing::Test {
 protected:
  Result<store::Store> open_store() { return store::Store::open(path, {}, disk.name()); }
  SQLite::Database open() {
    return SQLite::Database(path.string(), SQLite::OPEN_READWRITE, 0, disk.name());
  }
  std::size_t runs_stored() { return open_store().value().runs().latest(1000).value().size(); }
  /// A table in a log with that much sync, and a committed row for each of `rows`.
  void commit_rows(SQLite::Database& database, const std::string& synchronous, int rows) {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = " + synchronous +
                  "; CREATE TABLE row (text)");
    for (int i = 0; i < rows; ++i) database.exec("INSERT INTO row VALUES (hex(randomblob(400)))");
  }
  /// Rows that are left after the power went, over some seeds the fewest; -1: damaged.
  int fewest_after_power_loss(const std::string& synchronous, int rows) {
    int fewest = rows;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      FaultDisk other;
      int left = -1;
      try {
        SQLite::Database written(path.string(), SQLite::OPEN_READWRITE, 0, other.name());
        commit_rows(written, synchronous, rows);
        SeededRandom random(seed);
        other.lose_power(random);
      } catch (const SQLite::Exception&) {
        ADD_FAILURE() << "nothing was wrong yet";
      }
      other.restart();
      try {
        SQLite::Database found(path.string(), SQLite::OPEN_READWRITE, 0, other.name());
        if (found.execAndGet("PRAGMA quick_check").getString() == "ok")
          left =
              found.tableExists("row") ? found.execAndGet("SELECT count(*) FROM row").getInt() : 0;
      } catch (const SQLite::Exception&) {
        left = -1;
      }
      fewest = std::min(fewest, left);
    }
    return fewest;
  }

  ScratchFolder folder = ScratchFolder::in_memory();
  std::filesystem::path path = folder / "praxisync.db";
  FaultDisk disk;
};

TEST_F(FaultDiskTest, TheStoreKeepsItsOwnSettingsOnIt) {
  { ASSERT_THAT(open_store()->runs().begin(kNow), IsOk()); }

  SQLite::Database database = open();
  EXPECT_EQ(database.execAndGet("PRAGMA journal_mode").getString(), "wal");
  EXPECT_EQ(database.execAndGet("PRAGMA locking_mode").getString(), "normal");
  EXPECT_EQ(runs_stored(), 1U);
  EXPECT_EQ(folder.read("praxisync.db"), "") << "the system's disk holds nothing of it";
}

TEST_F(FaultDiskTest, TwoConnectionsSeeEachOtherAndKeepOutOfEachOthersWay) {
  Result<store::Store> one = open_store();
  SQLite::Database other = open();
  ASSERT_THAT(one->runs().begin(kNow), IsOk());
  EXPECT_EQ(other.execAndGet("SELECT count(*) FROM run").getInt(), 1);

  other.exec("BEGIN IMMEDIATE");

  EXPECT_THAT(one->runs().begin(kNow), FailsSaying("database is locked"));
  other.exec("COMMIT");
  EXPECT_THAT(one->runs().begin(kNow), IsOk());
}

TEST_F(FaultDiskTest, AProcessThatDiesLeavesWhatItCommittedAndItsSuccessorRecoversTheLog) {
  {
    Result<store::Store> store = open_store();
    ASSERT_THAT(store->runs().begin(kNow), IsOk());
    disk.kill();
    EXPECT_THAT(store->runs().begin(kNow), FailsWith(ErrorKind::Fatal));
  }
  disk.restart();

  EXPECT_GT(disk.image().at(path.string() + "-wal").size(), 0U);
  EXPECT_EQ(runs_stored(), 1U);
}

TEST_F(FaultDiskTest, ALossOfPowerLosesNothingThatWasSynced) {
  EXPECT_EQ(fewest_after_power_loss("FULL", 6), 6);
}

TEST_F(FaultDiskTest, ALossOfPowerLosesCommitsThatWereNotSynced) {
  const int left = fewest_after_power_loss("NORMAL", 6);

  EXPECT_GE(left, 0) << "the log's checksums keep the database whole";
  EXPECT_LT(left, 6);
}

TEST_F(FaultDiskTest, AFullDiskIsNamedAsSuch) {
  Result<store::Store> store = open_store();
  disk.strike(DiskFault::Full, 0, Lasting::Once);

  const auto full = store->runs().begin(kNow);

  ASSERT_THAT(full, FailsSaying("disk is full"));
  EXPECT_THAT(full.error().what, HasSubstr("make room"));
  EXPECT_TRUE(disk.struck());
  EXPECT_THAT(store->runs().begin(kNow), IsOk()) << "once";
}

TEST_F(FaultDiskTest, AFaultForEverLastsUntilItIsHealed) {
  Result<store::Store> store = open_store();
  disk.strike(DiskFault::IoError, 0, Lasting::ForEver);
  EXPECT_THAT(store->runs().begin(kNow), FailsWith(ErrorKind::Fatal));
  EXPECT_THAT(store->runs().begin(kNow), FailsSaying("I/O error"));

  disk.heal();

  EXPECT_THAT(store->runs().begin(kNow), IsOk());
}

TEST_F(FaultDiskTest, AShortReadIsNoticed) {
  { ASSERT_THAT(open_store()->runs().begin(kNow), IsOk()); }
  int noticed = 0;
  for (int call = 0; call < 20; ++call) {
    disk.strike(DiskFault::ShortRead, call, Lasting::Once);
    noticed += open_store().has_value() ? 0 : 1;
    disk.heal();
  }

  EXPECT_GT(noticed, 0);
  EXPECT_EQ(runs_stored(), 1U) << "and nothing is changed by it";
}

}  // namespace
}  // namespace praxisync::testing_support
