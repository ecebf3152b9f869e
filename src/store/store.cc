#include "store/store.h"

#include <SQLiteCpp/Backup.h>

#include "store/rows.h"

namespace praxisync::store {
namespace {

/// What is said to a table to empty it, read it and fill it.
struct Table {
  std::string erase, read, insert;
};

std::vector<Table> find_tables(SQLite::Database& connection) {
  std::vector<Table> tables;
  SQLite::Statement rows(connection,
                         "SELECT t.name, count(*) FROM sqlite_schema t, pragma_table_info(t.name) "
                         "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' "
                         "GROUP BY t.name ORDER BY t.rowid");
  while (rows.executeStep()) {
    const std::string name = rows.getColumn(0).getString();
    std::string places = "?";
    for (int column = 1; column < rows.getColumn(1).getInt(); ++column) places += ", ?";
    tables.push_back({"DELETE FROM " + name, "SELECT * FROM " + name,
                      "INSERT INTO " + name + " VALUES (" + places + ")"});
  }
  return tables;
}

/// In the order of their making: whoever refers to another comes after it. Their addresses stay,
/// as Database tells statements apart by.
const std::vector<Table>& tables_of(SQLite::Database& connection) {
  static const std::vector<Table> tables = find_tables(connection);
  return tables;
}

void bind(SQLite::Statement& to, int place, const SQLite::Column& value) {
  if (value.isInteger()) {
    to.bind(place, static_cast<std::int64_t>(value.getInt64()));
  } else if (value.isFloat()) {
    to.bind(place, value.getDouble());
  } else if (value.isText()) {
    to.bind(place, value.getString());
  } else {
    to.bind(place);
  }
}

void copy_table(Database& to, Database& from, const Table& table) {
  const Query reading(from, table.read.c_str());
  SQLite::Statement& rows = from.statement(table.read.c_str());
  while (rows.executeStep()) {
    const Query writing(to, table.insert.c_str());
    SQLite::Statement& copy = to.statement(table.insert.c_str());
    for (int column = 0; column < rows.getColumnCount(); ++column)
      bind(copy, column + 1, rows.getColumn(column));
    copy.exec();
  }
}

Result<void> take_over(Database& to, Database& from) {
  const std::vector<Table>& tables = tables_of(to.connection());
  for (auto table = tables.rbegin(); table != tables.rend(); ++table)
    Query(to, table->erase.c_str()).run();
  for (const Table& table : tables) copy_table(to, from, table);
  return {};
}

}  // namespace

struct Store::Parts {
  Parts(SQLite::Database connection, std::function<void()> door)
      : database(std::move(connection), std::move(door)) {}

  Database database;
  Applications applications{database};
  Checkpoints checkpoints{database};
  Engagements engagements{database};
  Ground ground{database};
  Intents intents{database};
  Occurrences occurrences{database};
  OrganisationBinding organisation{database};
  Runs runs{database};
  Safety safety{database};
  Spreads spreads{database};
  View view{database};
  WriteBacks write_backs{database};
};

Store::Store(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Applications& Store::applications() { return parts_->applications; }
Checkpoints& Store::checkpoints() { return parts_->checkpoints; }
Engagements& Store::engagements() { return parts_->engagements; }
Ground& Store::ground() { return parts_->ground; }
Intents& Store::intents() { return parts_->intents; }
Occurrences& Store::occurrences() { return parts_->occurrences; }
OrganisationBinding& Store::organisation() { return parts_->organisation; }
Runs& Store::runs() { return parts_->runs; }
Safety& Store::safety() { return parts_->safety; }
Spreads& Store::spreads() { return parts_->spreads; }
View& Store::view() { return parts_->view; }
WriteBacks& Store::write_backs() { return parts_->write_backs; }

std::unique_ptr<RequestLedger> Store::request_ledger(const Clock& clock, std::string account,
                                                     RequestLimits limits) {
  return std::make_unique<RequestLedger>(parts_->database, clock, std::move(account), limits);
}

Result<Store> Store::open(const std::filesystem::path& path, std::function<void()> door,
                          const std::string& vfs) {
  Result<SQLite::Database> connection = open_file(path, Access::ReadWrite, vfs);
  if (!connection) return std::move(connection).error();
  return Store(std::make_unique<Parts>(std::move(*connection), std::move(door)));
}

Result<Store> Store::open_for_reading(const std::filesystem::path& path, const std::string& vfs) {
  Result<SQLite::Database> connection = open_file(path, Access::ReadOnly, vfs);
  if (!connection) return std::move(connection).error();
  return Store(std::make_unique<Parts>(std::move(*connection), std::function<void()>{}));
}

Result<Store> Store::open_shared(const std::filesystem::path& path) {
  Result<SQLite::Database> connection = open_file(path, Access::Shared);
  if (!connection) return std::move(connection).error();
  return Store(std::make_unique<Parts>(std::move(*connection), std::function<void()>{}));
}

Result<Store> Store::scratch(std::function<void()> door) {
  Result<SQLite::Database> connection = open_scratch();
  if (!connection) return std::move(connection).error();
  if (Result<void> migrated = migrate(*connection); !migrated) return std::move(migrated).error();
  return Store(std::make_unique<Parts>(std::move(*connection), std::move(door)));
}

Result<Store> Store::scratch_copy() {
  return guarded("copy the database", [&]() -> Result<Store> {
    Result<SQLite::Database> copy = open_scratch();
    if (!copy) return std::move(copy).error();
    SQLite::Backup(*copy, parts_->database.connection()).executeStep(-1);
    return Store(std::make_unique<Parts>(std::move(*copy), std::function<void()>{}));
  });
}

Result<Store> Store::in_memory(const std::string& name, std::function<void()> door) {
  Result<SQLite::Database> connection = open_memory(name);
  if (!connection) return std::move(connection).error();
  if (Result<void> migrated = migrate(*connection); !migrated) return std::move(migrated).error();
  return Store(std::make_unique<Parts>(std::move(*connection), std::move(door)));
}

Result<void> Store::begin_anew(std::function<void()> door) {
  return guarded("begin anew", [&]() -> Result<void> {
    parts_->database.begin_anew(std::move(door));
    return {};
  });
}

Result<void> Store::become(Store& other) {
  Database& database = parts_->database;
  database.hold_epoch(0);
  return database.transaction("take over another database", [&]() -> Result<void> {
    return take_over(database, other.parts_->database);
  });
}

Result<void> Store::begin_epoch(const std::string& holder, Timestamp now) {
  Database& database = parts_->database;
  Result<std::int64_t> epoch =
      database.transaction("take the lease", [&]() -> Result<std::int64_t> {
        Query(database, "UPDATE lease SET epoch = epoch + 1, holder = ?, acquired_at = ?")
            .with(holder, now)
            .run();
        Query row(database, "SELECT epoch FROM lease");
        row.step();
        return row.integer(0);
      });
  if (!epoch) return std::move(epoch).error();
  database.hold_epoch(*epoch);
  return {};
}

}  // namespace praxisync::store
