#include "serve/inbox_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <concepts>
#include <cstring>
#include <functional>
#include <system_error>

#include "connector/webhook.h"

namespace praxisync::serve {
namespace {

/// "pxin": what `file` and SQLite show of whose database this is.
constexpr std::int32_t kApplicationId = 0x7078696e;
constexpr int kVersion = 1;
constexpr int kBusyMilliseconds = 2000;
constexpr int kKindsOfASource = 50;

// No two rows of a source have one body or one delivery: that is what makes a second one known.
constexpr const char* kSchema =
    "CREATE TABLE event (id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, kind TEXT NOT "
    "NULL, part TEXT NOT NULL, delivery TEXT, body TEXT NOT NULL, received_at INTEGER NOT NULL, "
    "worked INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE UNIQUE INDEX event_body ON event (body, source);"
    "CREATE UNIQUE INDEX event_delivery ON event (delivery, source) WHERE delivery IS NOT NULL;"
    "CREATE INDEX event_waiting ON event (source, part) WHERE worked = 0;"
    "CREATE INDEX event_worked ON event (received_at) WHERE worked = 1;"
    "CREATE TABLE tally (source TEXT NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL,"
    " PRIMARY KEY (source, kind)) STRICT, WITHOUT ROWID;";

Error file_error(const SQLite::Exception& thrown) {
  const int code = thrown.getErrorCode();
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
    return {ErrorKind::Malformed, fmt::format("the file is damaged: {}", thrown.what())};
  std::string what = thrown.what();
  if (code == SQLITE_FULL) what += ": make room on the disk";
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) what += ": another program holds it";
  return {ErrorKind::Fatal, std::move(what)};
}

/// The one place where SQLite's exceptions end.
template <std::invocable Body>
auto guarded(std::string_view step, Body&& body) -> std::invoke_result_t<Body> {
  try {
    return std::invoke(std::forward<Body>(body));
  } catch (const SQLite::Exception& thrown) {
    return file_error(thrown).during(step);
  }
}

/// One use of a prepared statement, so that no read is left open.
class Use {
 public:
  explicit Use(SQLite::Statement& statement) : statement_(statement) {}
  ~Use() {
    statement_.tryReset();
    statement_.clearBindings();
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  SQLite::Statement* operator->() { return &statement_; }

 private:
  SQLite::Statement& statement_;
};

void configure(SQLite::Database& connection, const InboxLimits& limits) {
  connection.setBusyTimeout(kBusyMilliseconds);
  sqlite3_db_config(connection.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  connection.exec(
      "PRAGMA trusted_schema = OFF; PRAGMA synchronous = FULL; PRAGMA cache_size = -4000");
  const std::int64_t page = connection.execAndGet("PRAGMA page_size").getInt64();
  // Room to take away in what is over the limit; it is no limit of its own.
  connection.exec(fmt::format("PRAGMA max_page_count = {}", 2 * limits.bytes / page));
}

/// Within a transaction, as another process may make it at the same time. False: it is empty.
Result<bool> is_made(SQLite::Database& connection) {
  const int application = connection.execAndGet("PRAGMA application_id").getInt();
  const int version = connection.execAndGet("PRAGMA user_version").getInt();
  const int tables = connection.execAndGet("SELECT count(*) FROM sqlite_schema").getInt();
  if (application == 0 && version == 0 && tables == 0) return false;
  if (application != kApplicationId || version != kVersion)
    return Error{ErrorKind::Malformed, "the file is no inbox of this version of praxisync"};
  return true;
}

Result<void> prepare(SQLite::Database& connection) {
  {
    // Before anything is changed: it may be another program's.
    const SQLite::Transaction reading(connection);
    const Result<bool> made = is_made(connection);
    if (!made) return made.error();
    if (*made && connection.execAndGet("PRAGMA quick_check(1)").getString() != "ok")
      return Error{ErrorKind::Malformed, "the file is damaged"};
  }
  if (connection.execAndGet("PRAGMA journal_mode = WAL").getString() != "wal")
    return Error{ErrorKind::Fatal,
                 "its folder cannot hold a write-ahead log: put the database on a local disk"};
  SQLite::Transaction transaction(connection, SQLite::TransactionBehavior::IMMEDIATE);
  const Result<bool> made = is_made(connection);
  if (!made) return made.error();
  if (*made) return {};
  connection.exec(kSchema);
  connection.exec(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                              kApplicationId, kVersion));
  transaction.commit();
  return {};
}

}  // namespace

InboxFile::InboxFile(SQLite::Database connection, const InboxLimits& limits)
    : connection_(std::move(connection)),
      limits_(limits),
      rows_(number("SELECT count(*) FROM event")),
      waiting_(number("SELECT count(*) FROM event WHERE worked = 0")),
      known_(connection_,
             "SELECT 1 FROM event WHERE body = ?1 AND source = ?3 UNION ALL "
             "SELECT 1 FROM event WHERE delivery = ?2 AND source = ?3"),
      insert_(connection_,
              "INSERT INTO event (source, kind, part, delivery, body, received_at) VALUES "
              "(?, ?, ?, ?, ?, ?)"),
      forget_(connection_, "DELETE FROM event WHERE worked = 1 AND received_at < ?"),
      make_room_(connection_,
                 "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE worked = 1 ORDER BY id "
                 "LIMIT ?)"),
      kind_(connection_,
            "SELECT count(*), coalesce(max(kind = ?2), 0) FROM tally WHERE source = ?1"),
      count_(connection_,
             "INSERT INTO tally VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1") {}

Result<std::unique_ptr<InboxFile>> InboxFile::open(const std::filesystem::path& path,
                                                   const InboxLimits& limits) {
  const std::string step = "open " + path.string();
  const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made < 0) return Error{ErrorKind::Fatal, std::strerror(errno)}.during(step);
  ::close(made);
  return guarded(step, [&]() -> Result<std::unique_ptr<InboxFile>> {
    SQLite::Database connection(path.string(), SQLite::OPEN_READWRITE);
    configure(connection, limits);
    if (Result<void> prepared = prepare(connection); !prepared)
      return std::move(prepared).error().during(step);
    return std::unique_ptr<InboxFile>(new InboxFile(std::move(connection), limits));
  });
}

std::int64_t InboxFile::number(const char* sql) { return connection_.execAndGet(sql).getInt64(); }

std::int64_t InboxFile::bytes() {
  return (number("PRAGMA page_count") - number("PRAGMA freelist_count")) *
         number("PRAGMA page_size");
}

Result<std::vector<Kept>> InboxFile::keep(std::span<const InboxRow> rows) {
  const std::int64_t rows_before = rows_, waiting_before = waiting_;
  auto kept = guarded("keep a delivery", [&]() -> Result<std::vector<Kept>> {
    SQLite::Transaction transaction(connection_, SQLite::TransactionBehavior::IMMEDIATE);
    std::vector<Kept> answers;
    for (const InboxRow& row : rows) answers.push_back(keep(row));
    transaction.commit();
    return answers;
  });
  if (!kept) {
    rows_ = rows_before;
    waiting_ = waiting_before;
  }
  return kept;
}

Kept InboxFile::keep(const InboxRow& row) {
  forget_before(row.received - connector::kWebhookMemory);
  if (is_known(row)) return Kept::Known;
  if (waiting_ >= limits_.waiting || !make_room()) return Kept::Full;
  Use insert(insert_);
  insert->bind(1, row.source);
  insert->bind(2, row.kind);
  insert->bind(3, row.part);
  if (!row.delivery.empty()) insert->bind(4, row.delivery);
  insert->bind(5, row.body);
  insert->bind(6, static_cast<std::int64_t>(row.received.time_since_epoch().count()));
  insert->exec();
  count(row);
  ++rows_;
  ++waiting_;
  return Kept::New;
}

bool InboxFile::is_known(const InboxRow& row) {
  Use known(known_);
  known->bind(1, row.body);
  if (!row.delivery.empty()) known->bind(2, row.delivery);
  known->bind(3, row.source);
  return known->executeStep();
}

void InboxFile::forget_before(Timestamp oldest) {
  Use forget(forget_);
  forget->bind(1, static_cast<std::int64_t>(oldest.time_since_epoch().count()));
  rows_ -= forget->exec();
}

/// Whether there is room for one more.
bool InboxFile::make_room() {
  while (rows_ >= limits_.rows || bytes() >= limits_.bytes) {
    Use make_room(make_room_);
    make_room->bind(1, std::max<std::int64_t>(rows_ / 100, 1));
    const int gone = make_room->exec();
    rows_ -= gone;
    if (gone == 0) return false;
  }
  return true;
}

void InboxFile::count(const InboxRow& row) {
  std::string kind = row.kind;
  {
    Use seen(kind_);
    seen->bind(1, row.source);
    seen->bind(2, row.kind);
    seen->executeStep();
    const bool counted = seen->getColumn(1).getInt() != 0;
    if (!counted && seen->getColumn(0).getInt() >= kKindsOfASource) kind = "other";
  }
  Use count(count_);
  count->bind(1, row.source);
  count->bind(2, kind);
  count->exec();
}

Result<Taken> InboxFile::take() {
  return guarded("take what waits", [&]() -> Result<Taken> {
    Taken taken;
    SQLite::Statement rows(connection_,
                           "SELECT source, part, max(id) FROM event WHERE worked = 0 GROUP BY "
                           "source, part ORDER BY source, part");
    while (rows.executeStep()) {
      taken.places.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString()});
      taken.upto = std::max<std::int64_t>(taken.upto, rows.getColumn(2).getInt64());
    }
    return taken;
  });
}

Result<void> InboxFile::done(std::int64_t upto) {
  return guarded("mark what was worked", [&]() -> Result<void> {
    SQLite::Statement mark(connection_, "UPDATE event SET worked = 1 WHERE worked = 0 AND id <= ?");
    mark.bind(1, upto);
    waiting_ -= mark.exec();
    return {};
  });
}

Result<InboxCounts> InboxFile::counts() {
  return guarded("count what came", [&]() -> Result<InboxCounts> {
    InboxCounts counts{.waiting = waiting_, .rows = rows_, .bytes = bytes(), .kinds = {}};
    SQLite::Statement kinds(connection_, "SELECT source, kind, count FROM tally ORDER BY 1, 2");
    while (kinds.executeStep()) {
      counts.kinds.push_back({kinds.getColumn(0).getString(), kinds.getColumn(1).getString(),
                              kinds.getColumn(2).getInt64()});
    }
    return counts;
  });
}

Result<void> set_aside(const std::filesystem::path& path) {
  for (const char* ending : {"", "-wal", "-shm"}) {
    std::error_code failure;
    std::filesystem::rename(path.string() + ending, path.string() + ".damaged" + ending, failure);
    if (failure && failure != std::errc::no_such_file_or_directory)
      return Error{ErrorKind::Fatal,
                   fmt::format("set {} aside: {}", path.string(), failure.message())};
  }
  return {};
}

}  // namespace praxisync::serve
