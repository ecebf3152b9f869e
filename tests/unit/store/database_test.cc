#include "store/database.h"

#include <sqlite3.h>

#include "store/runs.h"
#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Transactions : public testing::Test {
 protected:
  int runs() { return database.connection().execAndGet("SELECT count(*) FROM run").getInt(); }
  Result<void> add_run() {
    database.connection().exec("INSERT INTO run (started_at) VALUES (1)");
    return {};
  }

  ScratchFolder folder;
  std::filesystem::path path = folder / "praxisync.db";
  Database database{open_file(path, Access::ReadWrite).value(), {}};
};

TEST_F(Transactions, KeepWhatSucceeds) {
  EXPECT_THAT(database.transaction("add", [&] { return add_run(); }), IsOk());
  EXPECT_EQ(runs(), 1);
}

TEST_F(Transactions, DropWhatFails) {
  const Result<void> done = database.transaction("add", [&]() -> Result<void> {
    if (Result<void> added = add_run(); !added) return added;
    return Error{ErrorKind::Rejected, "on second thought"};
  });

  EXPECT_THAT(done, FailsSaying("on second thought"));
  EXPECT_EQ(runs(), 0);
}

TEST_F(Transactions, DropWhatSqliteRefusesAndSayInWhichStep) {
  const Result<void> done = database.transaction("add two", [&]() -> Result<void> {
    database.connection().exec("INSERT INTO run (id, started_at) VALUES (1, 1)");
    database.connection().exec("INSERT INTO run (id, started_at) VALUES (1, 1)");
    return {};
  });

  ASSERT_THAT(done, FailsWith(ErrorKind::Fatal));
  EXPECT_THAT(done.error().what, HasSubstr("add two: database: "));
  EXPECT_EQ(runs(), 0);
}

TEST_F(Transactions, DropWhatThrowsAndGoOnAfterwards) {
  EXPECT_THROW(static_cast<void>(database.transaction("add",
                                                      [&]() -> Result<void> {
                                                        static_cast<void>(add_run());
                                                        throw 42;
                                                      })),
               int);

  EXPECT_EQ(runs(), 0);
  EXPECT_THAT(database.transaction("add", [&] { return add_run(); }), IsOk());
}

TEST_F(Transactions, FailCleanlyWhileAnotherProgramHoldsTheFile) {
  SQLite::Database other(path.string(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  database.connection().setBusyTimeout(0);

  const Result<RunKey> begun = Runs(database).begin(kNow);

  ASSERT_THAT(begun, FailsWith(ErrorKind::Fatal));
  EXPECT_THAT(begun.error().what, HasSubstr("another program holds it"));
  other.exec("ROLLBACK");
  EXPECT_THAT(Runs(database).begin(kNow), IsOk());
}

TEST_F(Transactions, ReadWhileAnotherProgramWrites) {
  SQLite::Database other(path.string(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE; INSERT INTO run (started_at) VALUES (1)");
  database.connection().setBusyTimeout(0);

  EXPECT_THAT(Runs(database).latest(10), IsOk());
  EXPECT_EQ(runs(), 0);
}

TEST(DatabaseError, IsFatalAndSaysHowToMendIt) {
  const auto said = [](int code) { return database_error(SQLite::Exception("oh", code)); };

  EXPECT_EQ(said(SQLITE_ERROR), (Error{ErrorKind::Fatal, "database: oh"}));
  EXPECT_THAT(said(SQLITE_FULL).what, HasSubstr("make room"));
  EXPECT_THAT(said(SQLITE_BUSY).what, HasSubstr("another program holds it"));
  EXPECT_THAT(said(SQLITE_LOCKED).what, HasSubstr("another program holds it"));
  EXPECT_THAT(said(SQLITE_CORRUPT).what, AllOf(HasSubstr("kept as it is"), HasSubstr("backup")));
  EXPECT_THAT(said(SQLITE_NOTADB).what, AllOf(HasSubstr("kept as it is"), HasSubstr("backup")));
  EXPECT_THAT(said(SQLITE_FULL).what, Not(HasSubstr("backup")));
}

}  // namespace
}  // namespace praxisync::store
