#include "store/store.h"

#include <SQLiteCpp/Backup.h>

#include "store/rows.h"

namespace praxisync::store {

struct Store::Parts {
  Parts(SQLite::Database connection, std::function<void()> door)
      : database(std::move(connection), std::move(door)) {}

  Database database;
  Applications applications{database};
  Checkpoints checkpoints{database};
  Engagements engagements{database};
  Ground ground{database};
  Intents intents{database};
  OrganisationBinding organisation{database};
  Runs runs{database};
  Safety safety{database};
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
OrganisationBinding& Store::organisation() { return parts_->organisation; }
Runs& Store::runs() { return parts_->runs; }
Safety& Store::safety() { return parts_->safety; }
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

Result<Store> Store::copy_in_memory(const std::string& name) {
  return guarded("copy the database", [&]() -> Result<Store> {
    Result<SQLite::Database> copy = open_memory(name);
    if (!copy) return std::move(copy).error();
    SQLite::Backup(*copy, parts_->database.connection()).executeStep(-1);
    return Store(std::make_unique<Parts>(std::move(*copy), std::function<void()>{}));
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
