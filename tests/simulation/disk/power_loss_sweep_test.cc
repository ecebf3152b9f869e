// The power goes at every sync. Whatever of the unsynced sectors has landed, the database opens and
// is whole, nothing that was durable is lost, and the runs after it come right.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "simulation/disk/branches.h"
#include "simulation/disk/sweep.h"

namespace praxisync::testing_support {
namespace {

/// What must not be forgotten: every intent and every write-back that was ever on its way.
std::set<std::string> promises(const FaultDisk::Image& image, const std::string& path) {
  std::set<std::string> found;
  FaultDisk disk;
  disk.restore(image);
  disk.restart();
  try {
    SQLite::Database database(path, SQLite::OPEN_READWRITE, 0, disk.name());
    EXPECT_EQ(database.execAndGet("PRAGMA quick_check").getString(), "ok");
    EXPECT_FALSE(SQLite::Statement(database, "PRAGMA foreign_key_check").executeStep());
    if (database.execAndGet("PRAGMA user_version").getInt() == 0) return found;
    SQLite::Statement rows(
        database,
        "SELECT 'intent ' || id || ' ' || kind || ' ' || target FROM intent "
        "UNION ALL SELECT 'write-back ' || marker FROM write_back WHERE state <> 'planned'");
    while (rows.executeStep()) found.insert(rows.getColumn(0).getString());
  } catch (const SQLite::Exception& thrown) {
    ADD_FAILURE() << "the database does not open: " << thrown.what();
  }
  return found;
}

std::string forgotten(const std::set<std::string>& before, const std::set<std::string>& after) {
  std::string text;
  for (const std::string& promise : before) {
    if (!after.contains(promise)) text += " forgotten: " + promise;
  }
  return text;
}

class PowerLossSweep : public testing::TestWithParam<const char*> {};

TEST_P(PowerLossSweep, AtAnySyncEndsAsIfNothingHadHappened) {
  const int seeds = stride(2) == 1 ? 8 : 3;
  const Calm calm = play_calm(scenario(GetParam()));
  Play play(scenario(GetParam()));
  const std::string path = play.world().database().string();
  Branches branches;
  std::set<std::string> before;
  const int step = stride(3);
  play.disk().at_sync = [&] {
    if (branches.in_branch()) return;
    for (int seed = 0; seed < seeds; ++seed) {
      const int sync = play.disk().syncs();
      if ((sync + seed) % step != 0) continue;
      if (!branches.begin("sync " + std::to_string(sync) + ", seed " + std::to_string(seed)))
        continue;
      before = promises(play.disk().synced(), path);
      play.disk().lose_power_at_sync(0, static_cast<std::uint64_t>(1000 * sync + seed));
      return;
    }
  };
  const auto dies = [&] {
    if (play.disk().dead()) throw SimulatedCrash{};
  };
  play.world().doors.watch = dies;
  play.after_run = [&](const sync::RunReport&) { dies(); };

  std::string wrong;
  try {
    play.go_on();
    if (branches.in_branch()) branches.end("the power never went");
  } catch (const SimulatedCrash&) {
    wrong = forgotten(before, promises(play.disk().image(), path));
    play.restart();
    play.go_on();
    branches.end(wrong + play.differs_from(calm.ended));
  }

  EXPECT_EQ(branches.wrong(), "");
  EXPECT_EQ(play.differs_from(calm.ended), "");
  EXPECT_GT(branches.begun(), 20);
  RecordProperty("images", branches.begun());
}

INSTANTIATE_TEST_SUITE_P(Scenarios, PowerLossSweep,
                         testing::Values("OnePersonTwice", "RemindersAndCancellations"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace praxisync::testing_support
