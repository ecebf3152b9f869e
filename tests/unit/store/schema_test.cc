#include "store/database.h"
#include "store/migrations.h"
#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

std::string schema_of(SQLite::Database& connection) {
  return connection
      .execAndGet(
          "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema ORDER BY name)")
      .getString();
}

class Schema : public StoreTest {
 protected:
  void refuses(const std::string& sql) const {
    SQLite::Database connection(path.string(), SQLite::OPEN_READWRITE);
    EXPECT_THROW(connection.exec(sql), SQLite::Exception) << sql;
  }
};

TEST_F(Schema, HasStrictTablesOnly) {
  EXPECT_EQ(raw("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
                "AND name NOT LIKE 'sqlite_%' AND strict = 0"),
            "0");
  EXPECT_EQ(raw("SELECT count(*) > 10 FROM pragma_table_list WHERE strict = 1"), "1");
  refuses("INSERT INTO run (started_at) VALUES ('yesterday')");
}

TEST_F(Schema, RefusesToChangeHistory) {
  accept({listed("a-1", "mia@example.org")});
  ASSERT_EQ(raw("SELECT count(*) FROM history"), "1");

  refuses("UPDATE history SET reason = 'it was never so'");
  refuses("UPDATE history SET to_state = 'passed' WHERE id = 1");

  EXPECT_EQ(raw("SELECT to_state || reason FROM history"), "queued");
}

TEST_F(Schema, KnowsTheStatesOnly) {
  accept({listed("a-1", "mia@example.org")});

  refuses("UPDATE screening SET state = 'lost'");
  refuses("UPDATE engagement SET state = 'lost'");
  refuses("UPDATE engagement SET target_kind = 'course'");
  refuses("UPDATE screening SET engagement = NULL");
}

TEST_F(Schema, HoldsOneInvitationAPersonTargetAndRound) {
  accept({listed("a-1", "mia@example.org")});

  refuses(
      "INSERT INTO engagement (target_kind, target, email_key, email, name, role, send_email, "
      "state) VALUES ('assessment', 'screen', 'mia@example.org', 'x', '', '', 0, 'queued')");
}

TEST_F(Schema, HoldsOneRowOfTheLease) { refuses("INSERT INTO lease VALUES (2, 0, '', 0)"); }

TEST_F(Schema, IsTheSameInAScratchDatabase) {
  Result<SQLite::Database> scratch = open_scratch();
  ASSERT_THAT(scratch, IsOk());
  ASSERT_THAT(migrate(*scratch), IsOk());
  SQLite::Database file(path.string(), SQLite::OPEN_READWRITE);

  EXPECT_EQ(schema_of(*scratch), schema_of(file));
}

TEST_F(Schema, IsNotMadeTwice) {
  SQLite::Database connection(path.string(), SQLite::OPEN_READWRITE);
  const std::string before = schema_of(connection);

  ASSERT_THAT(migrate(connection), IsOk());

  EXPECT_EQ(schema_of(connection), before);
  EXPECT_EQ(connection.execAndGet("PRAGMA user_version").getInt(),
            static_cast<int>(migrations().size()));
  EXPECT_EQ(connection.execAndGet("SELECT count(*) FROM run").getInt(), 1);
}

}  // namespace
}  // namespace praxisync::store
