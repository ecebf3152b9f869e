/// The SQLite file: opening, migrations, transactions. For the store's own sources only; SQL and
/// SQLite's exceptions end in this folder. One connection, one thread.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <concepts>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

#include "domain/result.h"

namespace praxisync::store {

/// The error for what SQLite threw: what happened and how to mend it. Always Fatal: a database that
/// cannot be written is no ground to act upon.
Error database_error(const SQLite::Exception& thrown);

/// The one place where SQLite's exceptions end.
template <std::invocable Body>
auto guarded(std::string_view step, Body&& body) -> std::invoke_result_t<Body> {
  try {
    return std::invoke(std::forward<Body>(body));
  } catch (const SQLite::Exception& thrown) {
    return database_error(thrown).during(step);
  }
}

/// Called before and after each commit; a crash test throws from it.
using Door = std::function<void()>;

class Database {
 public:
  /// Takes an open connection whose schema is current.
  Database(SQLite::Database connection, Door door)
      : connection_(std::move(connection)), door_(std::move(door)) {}

  /// The prepared statement of that text. Texts are string literals: they are told apart by their
  /// address. Use it through a Query.
  SQLite::Statement& statement(const char* sql);

  /// Runs `body` in one BEGIN IMMEDIATE … COMMIT; nothing of it stays where it fails, throws or
  /// where another process has taken the lease meanwhile.
  template <std::invocable Body>
  auto transaction(std::string_view step, Body&& body) -> std::invoke_result_t<Body> {
    return guarded(step, [&]() -> std::invoke_result_t<Body> {
      Open transaction(*this);
      if (Result<void> held = check_epoch(); !held) return std::move(held).error().during(step);
      auto result = std::invoke(std::forward<Body>(body));
      if (!result) return result;
      if (door_) door_();
      transaction.commit();
      if (door_) door_();
      return result;
    });
  }

  void hold_epoch(std::int64_t epoch) { epoch_ = epoch; }
  /// As a new process finds it: only what was committed, no lease held, nothing narrowed.
  void begin_anew(Door door);
  std::int64_t last_row() const { return connection_.getLastInsertRowid(); }
  SQLite::Database& connection() { return connection_; }

 private:
  /// A transaction that is rolled back unless it is committed.
  class Open {
   public:
    explicit Open(Database& database);
    ~Open();
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;
    void commit();

   private:
    Database& database_;
    bool committed_ = false;
  };
  void run(const char* sql);
  Result<void> check_epoch();

  SQLite::Database connection_;
  Door door_;
  std::int64_t epoch_ = 0;  ///< 0: no lease is held, as in a scratch copy
  std::unordered_map<const char*, SQLite::Statement> statements_;
};

enum class Access {
  ReadWrite,  ///< made where there is none; every page is checked
  Shared,     ///< beside another writer
  ReadOnly,
};

/// Opens, checks and migrates; see Store::open. Every connection also has the temporary tables that
/// narrow what may go out (see Ground): they are its own, and gone with it.
/// `vfs` is the name of the SQLite VFS that the file is on; empty: the system's.
Result<SQLite::Database> open_file(const std::filesystem::path& path, Access access,
                                   const std::string& vfs = {});
Result<SQLite::Database> open_scratch();
/// In memory, shared by all of this process who open that name.
Result<SQLite::Database> open_memory(const std::string& name);
/// Brings a database of any older version to the newest, a transaction a step.
Result<void> migrate(SQLite::Database& connection);

}  // namespace praxisync::store
