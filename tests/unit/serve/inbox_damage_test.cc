// A file that is damaged, of somebody else or that cannot be written.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <fstream>

#include "unit/serve/inbox_fixture.h"

namespace praxisync::serve {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing_support::FailsSaying;
using testing_support::FailsWith;

TEST_F(InboxTest, AFileThatIsNoDatabaseIsSetAside) {
  folder.write("praxisync.db.inbox", "this is no database at all, whatever its name may say");

  restart();

  EXPECT_THAT(keep("a"), Gives(Kept::New));
  EXPECT_THAT(folder.read("praxisync.db.inbox.damaged"), HasSubstr("no database"));
  EXPECT_THAT(notices, ElementsAre(HasSubstr("inbox.damaged")));
}

TEST_F(InboxTest, ADatabaseOfAnotherProgramIsSetAsideWhole) {
  {
    SQLite::Database other(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    other.exec("CREATE TABLE t (x); INSERT INTO t VALUES (7)");
  }

  restart();

  EXPECT_THAT(keep("a"), Gives(Kept::New));
  SQLite::Database other(path.string() + ".damaged");
  EXPECT_EQ(other.execAndGet("SELECT x FROM t").getInt(), 7);
}

TEST_F(InboxTest, AFileThatIsCutShortIsSetAside) {
  for (int i = 0; i < 200; ++i) (void)keep(fmt::format("body {}", i));
  restart();
  {
    SQLite::Database file(path.string(), SQLite::OPEN_READWRITE);
    file.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);

  restart();

  EXPECT_THAT(keep("a"), Gives(Kept::New));
  EXPECT_THAT(notices, testing::Not(IsEmpty()));
}

TEST_F(InboxTest, DamageThatShowsLaterRefusesOneAndIsMended) {
  restart();
  for (int i = 0; i < 300; ++i) (void)keep(fmt::format("body {}", i));
  {
    SQLite::Database file(path.string(), SQLite::OPEN_READWRITE);
    file.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  {
    // All but the first page; the other connection has read them into its cache at most.
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    const std::string garbage(std::filesystem::file_size(path) - 4096, '\x5a');
    file.write(garbage.data(), static_cast<std::streamsize>(garbage.size()));
  }
  {
    // Its caches are old now.
    SQLite::Database file(path.string(), SQLite::OPEN_READWRITE);
    file.exec("PRAGMA user_version = 1");
  }

  EXPECT_THAT(keep("first"), FailsWith(ErrorKind::Malformed));
  EXPECT_THAT(keep("first"), Gives(Kept::New));
  EXPECT_THAT(notices, testing::Contains(HasSubstr("inbox.damaged")));
}

TEST_F(InboxTest, WhereThereIsNoFolderNothingIsKeptAndNothingLost) {
  path = folder / "nowhere" / "inbox";

  EXPECT_THAT(Inbox::open(path), FailsSaying("No such file or directory"));
}

TEST_F(InboxTest, AFileThatCannotBeWrittenRefusesAndRecovers) {
  restart();
  (void)keep("before");
  SQLite::Database holder(path.string(), SQLite::OPEN_READWRITE);
  holder.exec("BEGIN IMMEDIATE");

  EXPECT_THAT(keep("a"), FailsSaying("another program holds it"));
  EXPECT_THAT(keep("a"), FailsWith(ErrorKind::Fatal));
  EXPECT_THAT(notices, ElementsAre(HasSubstr("told to try again"))) << "once";

  holder.exec("ROLLBACK");
  EXPECT_THAT(keep("a"), Gives(Kept::New)) << "it is not known: it was not kept";
  EXPECT_EQ(counts().waiting, 2);
}

}  // namespace
}  // namespace praxisync::serve
