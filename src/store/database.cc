#include "store/database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "store/migrations.h"
#include "store/rows.h"

namespace praxisync::store {
namespace {

/// "pxsy": what `file` and SQLite show of whose database this is.
constexpr std::int32_t kApplicationId = 0x70787379;
constexpr int kBusyMilliseconds = 5000;

void configure(SQLite::Database& connection) {
  connection.setBusyTimeout(kBusyMilliseconds);
  connection.exec(
      "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA "
      "secure_delete = ON;"
      "PRAGMA cache_size = -16000; PRAGMA temp_store = FILE;");
  sqlite3_db_config(connection.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
}

void make_temporary_tables(SQLite::Database& connection) {
  connection.exec(
      "CREATE TEMP TABLE narrowed (yes INTEGER NOT NULL) STRICT;"
      "CREATE TEMP TABLE chosen_contact (engagement INTEGER PRIMARY KEY) STRICT;"
      "CREATE TEMP TABLE chosen_write (write_back INTEGER PRIMARY KEY) STRICT;");
}

Error not_ours(const std::filesystem::path& path) {
  return Error{ErrorKind::Fatal,
               fmt::format("{} is a database of another program: set [state] path to another file; "
                           "nothing in it was changed",
                           path.string())};
}

Error cannot_open(const std::filesystem::path& path, int cause) {
  return Error{ErrorKind::Fatal,
               fmt::format("cannot open the database {}: {}; check that its folder exists and can "
                           "be written, or change [state] path",
                           path.string(), std::strerror(cause))};
}

Result<void> make_private(const std::filesystem::path& path) {
  if (::chmod(path.c_str(), S_IRUSR | S_IWUSR) == 0) return {};
  return Error{ErrorKind::Fatal,
               fmt::format("cannot make {} private: {}", path.string(), std::strerror(errno))};
}

/// A new file is 0600 before anything is in it, whatever the umask. One that is there is neither
/// opened (closing it would drop the locks that SQLite holds on it elsewhere in this process) nor
/// changed: it may be another program's.
Result<void> create_private(const std::filesystem::path& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) == 0) {
    if (S_ISDIR(found.st_mode)) return cannot_open(path, EISDIR);
    if (::access(path.c_str(), R_OK | W_OK) != 0) return cannot_open(path, errno);
    return {};
  }
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return cannot_open(path, errno);
  ::close(file);
  return make_private(path);
}

/// Whoever writes has every page looked at first; that takes seconds for gigabytes, so readers do
/// without.
Result<void> check_file(SQLite::Database& connection, const std::filesystem::path& path,
                        Access access) {
  // One moment of the file: another process may be making it.
  const SQLite::Transaction reading(connection);
  const int application = connection.execAndGet("PRAGMA application_id").getInt();
  const int version = connection.execAndGet("PRAGMA user_version").getInt();
  const int tables = connection.execAndGet("SELECT count(*) FROM sqlite_schema").getInt();
  if (application == 0 && version == 0 && tables == 0) return {};
  if (application != kApplicationId) return not_ours(path);
  const int newest = static_cast<int>(migrations().size());
  if (version > newest) {
    return Error{
        ErrorKind::Fatal,
        fmt::format(
            "the database {} has schema version {}, this praxisync knows up to {}: use the newer "
            "praxisync that wrote it; nothing was changed",
            path.string(), version, newest)};
  }
  if (access != Access::ReadWrite) return {};
  const std::string verdict = connection.execAndGet("PRAGMA quick_check(1)").getString();
  if (verdict != "ok") {
    return Error{ErrorKind::Fatal,
                 fmt::format("the database {} is damaged ({}): it is kept as it is; restore a "
                             "backup of it, or set [state] path to a new file",
                             path.string(), verdict)};
  }
  return {};
}

}  // namespace

Error database_error(const SQLite::Exception& thrown) {
  const int code = thrown.getErrorCode();
  std::string what = fmt::format("database: {}", thrown.what());
  if (code == SQLITE_FULL) what += ": make room on the disk, then run again";
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
    what += ": another program holds it; close that and run again";
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) {
    what +=
        ": the file is kept as it is; restore a backup of it, or set [state] path to a new file";
  }
  return Error{ErrorKind::Fatal, std::move(what)};
}

SQLite::Statement& Database::statement(const char* sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end()) found = statements_.try_emplace(sql, connection_, sql).first;
  return found->second;
}

void Database::run(const char* sql) { Query(*this, sql).run(); }

Database::Open::Open(Database& database) : database_(database) { database_.run("BEGIN IMMEDIATE"); }

Database::Open::~Open() {
  // A full disk may have rolled it back already.
  const bool open = !committed_ && sqlite3_get_autocommit(database_.connection_.getHandle()) == 0;
  if (open) database_.connection_.tryExec("ROLLBACK");
}

void Database::Open::commit() {
  database_.run("COMMIT");
  committed_ = true;
}

void Database::begin_anew(Door door) {
  door_ = std::move(door);
  epoch_ = 0;
  for (const char* sql :
       {"DELETE FROM narrowed", "DELETE FROM chosen_contact", "DELETE FROM chosen_write"})
    run(sql);
}

Result<void> Database::check_epoch() {
  if (epoch_ == 0) return {};
  Query row(*this, "SELECT epoch FROM lease");
  if (row.step() && row.integer(0) == epoch_) return {};
  return Error{ErrorKind::Fatal,
               "another run has taken over the database's lease: this one stops here"};
}

Result<void> migrate(SQLite::Database& connection) {
  return guarded("migrate the database", [&]() -> Result<void> {
    const auto& steps = migrations();
    for (auto version =
             static_cast<std::size_t>(connection.execAndGet("PRAGMA user_version").getInt());
         version < steps.size(); ++version) {
      SQLite::Transaction transaction(connection, SQLite::TransactionBehavior::IMMEDIATE);
      // A second instance may have done it while this one waited for the lock.
      if (connection.execAndGet("PRAGMA user_version").getInt() != static_cast<int>(version))
        continue;
      connection.exec(std::string(steps[version]));
      connection.exec(fmt::format("PRAGMA user_version = {}; PRAGMA application_id = {};",
                                  version + 1, kApplicationId));
      transaction.commit();
    }
    return {};
  });
}

Result<SQLite::Database> open_file(const std::filesystem::path& path, Access access,
                                   const std::string& vfs) {
  const bool writes = access == Access::ReadWrite;
  if (writes) {
    if (Result<void> made = create_private(path); !made) return std::move(made).error();
  } else if (::access(path.c_str(), R_OK) != 0) {
    return Error{
        ErrorKind::Fatal,
        fmt::format("cannot read the database {}: {}; it is made by the first 'praxisync sync'",
                    path.string(), std::strerror(errno))};
  }
  return guarded("open " + path.string(), [&]() -> Result<SQLite::Database> {
    // Even a reader opens for writing: WAL needs its shared-memory file.
    SQLite::Database connection(path.string(), SQLite::OPEN_READWRITE, 0, vfs);
    configure(connection);
    if (Result<void> checked = check_file(connection, path, access); !checked)
      return std::move(checked).error();
    if (writes) {
      if (Result<void> made = make_private(path); !made) return std::move(made).error();
    }
    if (connection.execAndGet("PRAGMA journal_mode = WAL").getString() != "wal") {
      return Error{
          ErrorKind::Fatal,
          fmt::format("the folder of {} cannot hold a write-ahead log: put the database on a "
                      "local disk",
                      path.string())};
    }
    if (Result<void> migrated = migrate(connection); !migrated) return std::move(migrated).error();
    make_temporary_tables(connection);
    if (access == Access::ReadOnly) connection.exec("PRAGMA query_only = ON");
    return connection;
  });
}

Result<SQLite::Database> open_scratch() {
  return guarded("open a scratch database", [&]() -> Result<SQLite::Database> {
    // The empty name: a private file that SQLite spills to only when it must, and deletes itself.
    SQLite::Database connection("", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    configure(connection);
    make_temporary_tables(connection);
    return connection;
  });
}

Result<SQLite::Database> open_memory(const std::string& name) {
  return guarded("open a database in memory", [&]() -> Result<SQLite::Database> {
    // The leading slash is what makes SQLite share it.
    SQLite::Database connection("file:/" + name + "?vfs=memdb",
                                SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_URI);
    configure(connection);
    make_temporary_tables(connection);
    return connection;
  });
}

}  // namespace praxisync::store
