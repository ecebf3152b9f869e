#include <sys/stat.h>

#include "store/database.h"
#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::SizeIs;

unsigned mode_of(const std::filesystem::path& path) {
  struct stat found {};
  EXPECT_EQ(::stat(path.c_str(), &found), 0) << path;
  return found.st_mode & 0777U;
}

/// Sets the mask of new files until it goes.
class Umask {
 public:
  explicit Umask(mode_t mask) : before_(::umask(mask)) {}
  Umask(const Umask&) = delete;
  Umask& operator=(const Umask&) = delete;
  ~Umask() { ::umask(before_); }

 private:
  mode_t before_;
};

class Opening : public testing::Test {
 protected:
  /// Runs SQL on the file without any of our code.
  void sql(const std::string& text) const {
    SQLite::Database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(text);
  }
  int number(const std::string& text) const {
    return SQLite::Database(path.string(), SQLite::OPEN_READWRITE).execAndGet(text).getInt();
  }

  ScratchFolder folder;
  std::filesystem::path path = folder / "praxisync.db";
};

TEST_F(Opening, MakesAFileForItsOwnerAloneWhateverTheUmask) {
  for (const mode_t mask : {0000U, 0022U, 0777U}) {
    const Umask umask(mask);
    const std::filesystem::path file = folder / ("db-" + std::to_string(mask));
    Result<Store> store = Store::open(file);

    ASSERT_THAT(store, IsOk());
    ASSERT_THAT(store->runs().begin(kNow), IsOk());
    EXPECT_EQ(mode_of(file), 0600U);
    EXPECT_EQ(mode_of(file.string() + "-wal"), 0600U);
    EXPECT_EQ(mode_of(file.string() + "-shm"), 0600U);
  }
}

TEST_F(Opening, MakesAnOlderFileOfOursPrivate) {
  ASSERT_THAT(Store::open(path), IsOk());
  std::filesystem::permissions(path, std::filesystem::perms{0644});

  ASSERT_THAT(Store::open(path), IsOk());

  EXPECT_EQ(mode_of(path), 0600U);
}

TEST_F(Opening, SaysWhoseFileItIsAndWhichSchemaItHas) {
  ASSERT_THAT(Store::open(path), IsOk());

  EXPECT_EQ(number("PRAGMA application_id"), 0x70787379);
  EXPECT_GE(number("PRAGMA user_version"), 1);
}

TEST_F(Opening, TakesAnEmptyFileForANewOne) {
  folder.write("praxisync.db", "");

  EXPECT_THAT(Store::open(path), IsOk());
}

TEST_F(Opening, FindsAgainWhatWasStored) {
  { ASSERT_THAT(Store::open(path)->runs().begin(kNow), IsOk()); }

  EXPECT_THAT(Store::open(path)->runs().latest(10).value(), SizeIs(1));
}

TEST_F(Opening, KeepsAWriteAheadLog) {
  Result<Store> store = Store::open(path);
  ASSERT_THAT(store->runs().begin(kNow), IsOk());

  EXPECT_TRUE(std::filesystem::exists(path.string() + "-wal"));
  EXPECT_EQ(SQLite::Database(path.string(), SQLite::OPEN_READWRITE)
                .execAndGet("PRAGMA journal_mode")
                .getString(),
            "wal");
}

TEST_F(Opening, SyncsEveryCommitAndChecksForeignKeys) {
  Result<SQLite::Database> connection = open_file(path, Access::ReadWrite);
  ASSERT_THAT(connection, IsOk());

  EXPECT_EQ(connection->execAndGet("PRAGMA synchronous").getInt(), 2);
  EXPECT_EQ(connection->execAndGet("PRAGMA foreign_keys").getInt(), 1);
  EXPECT_THROW(connection->exec("INSERT INTO intent_engagement VALUES (77, 77)"),
               SQLite::Exception);
}

TEST_F(Opening, RefusesANewerSchemaAndLeavesTheFileAsItIs) {
  ASSERT_THAT(Store::open(path), IsOk());
  sql("PRAGMA user_version = 9999");
  const std::string before = folder.read("praxisync.db");

  const Result<Store> store = Store::open(path);

  ASSERT_THAT(store, FailsWith(ErrorKind::Fatal));
  EXPECT_THAT(store.error().what, AllOf(HasSubstr("9999"), HasSubstr("newer praxisync")));
  EXPECT_TRUE(folder.read("praxisync.db") == before);
}

TEST_F(Opening, RefusesADatabaseOfAnotherProgramAndLeavesItAsItIs) {
  sql("CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES ('x');");
  std::filesystem::permissions(path, std::filesystem::perms{0644});
  const std::string before = folder.read("praxisync.db");

  const Result<Store> store = Store::open(path);

  ASSERT_THAT(store, FailsWith(ErrorKind::Fatal));
  EXPECT_THAT(store.error().what, AllOf(HasSubstr("another program"), HasSubstr("[state] path")));
  EXPECT_TRUE(folder.read("praxisync.db") == before);
  EXPECT_EQ(mode_of(path), 0644U) << "others may read it, and still shall";
}

TEST_F(Opening, RefusesAnEmptyDatabaseThatAnotherProgramHasNamed) {
  sql("PRAGMA application_id = 12345");

  EXPECT_THAT(Store::open(path), FailsSaying("another program"));
  EXPECT_EQ(number("SELECT count(*) FROM sqlite_schema"), 0);
}

TEST_F(Opening, NeedsAFolderThatIsThere) {
  const Result<Store> store = Store::open(folder / "missing/praxisync.db");

  ASSERT_THAT(store, FailsWith(ErrorKind::Fatal));
  EXPECT_THAT(store.error().what, AllOf(HasSubstr("missing/praxisync.db"),
                                        HasSubstr("No such file"), HasSubstr("folder exists")));
}

TEST_F(Opening, RefusesAFolderInPlaceOfAFile) {
  EXPECT_THAT(Store::open(folder.path()), FailsSaying("Is a directory"));
}

TEST_F(Opening, ToReadNeedsADatabaseAndMakesNone) {
  const Result<Store> store = Store::open_for_reading(path);

  ASSERT_THAT(store, FailsWith(ErrorKind::Fatal));
  EXPECT_THAT(store.error().what, HasSubstr("first 'praxisync sync'"));
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(Opening, ToReadAllowsNoWriting) {
  ASSERT_THAT(Store::open(path)->runs().begin(kNow), IsOk());
  Result<Store> reader = Store::open_for_reading(path);
  ASSERT_THAT(reader, IsOk());

  EXPECT_THAT(reader->runs().latest(10).value(), SizeIs(1));
  EXPECT_THAT(reader->runs().begin(kNow), FailsWith(ErrorKind::Fatal));
  EXPECT_THAT(reader->runs().latest(10).value(), SizeIs(1));
}

TEST_F(Opening, ToReadSeesWhatAnotherHasCommittedMeanwhile) {
  Result<Store> writer = Store::open(path);
  Result<Store> reader = Store::open_for_reading(path);
  ASSERT_THAT(reader, IsOk());
  ASSERT_THAT(reader->runs().latest(10).value(), SizeIs(0));

  ASSERT_THAT(writer->runs().begin(kNow), IsOk());

  EXPECT_THAT(reader->runs().latest(10).value(), SizeIs(1));
}

}  // namespace
}  // namespace praxisync::store
