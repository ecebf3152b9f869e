/// The file of the inbox and its SQL: an SQLite database of its own, so that whoever receives never
/// waits for the engine's writer. For the inbox's own sources: one thread at a time.
///
/// Nothing that a body says of a person is in it: fingerprints, the kind of event and where to
/// look.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "domain/result.h"
#include "serve/inbox.h"

namespace praxisync::serve {

/// A row as it is written.
struct InboxRow {
  std::string source, kind, part;
  std::string delivery;  ///< fingerprint of the vendor's id; empty: it gave none
  std::string body;      ///< fingerprint of the body
  Timestamp received{};
};

/// Errors are Malformed where the file is damaged or none of ours, so that it should be set aside,
/// and Fatal where it cannot be read or written: no room, no rights, another program's lock.
class InboxFile {
 public:
  /// Made where there is none, for its owner alone.
  static Result<std::unique_ptr<InboxFile>> open(const std::filesystem::path& path,
                                                 const InboxLimits& limits);

  /// All in one transaction, on the disk when this returns. An answer for each row, in their order.
  Result<std::vector<Kept>> keep(std::span<const InboxRow> rows);
  Result<Taken> take();
  Result<void> done(std::int64_t upto);
  Result<InboxCounts> counts();

 private:
  InboxFile(SQLite::Database connection, const InboxLimits& limits);
  Kept keep(const InboxRow& row);
  bool is_known(const InboxRow& row);
  bool make_room();
  void forget_before(Timestamp oldest);
  void count(const InboxRow& row);
  std::int64_t number(const char* sql);
  std::int64_t bytes();

  SQLite::Database connection_;
  InboxLimits limits_;
  std::int64_t rows_ = 0, waiting_ = 0;
  SQLite::Statement known_, insert_, forget_, make_room_, kind_, count_;
};

/// Gives the file and what SQLite keeps beside it another name, in the place of what has that.
Result<void> set_aside(const std::filesystem::path& path);

}  // namespace praxisync::serve
