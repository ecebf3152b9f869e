/// The checkpoint database: everything that must outlive a process. One SQLite file (WAL, FULL
/// sync, mode 0600), one connection, one thread; SQL lives in this folder only.
///
/// Each method is one transaction, and none spans a network call. After a crash at any point the
/// file opens with every committed transaction whole and no other. Errors are Fatal: what cannot be
/// stored must not be acted upon.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "domain/result.h"
#include "store/applications.h"
#include "store/checkpoints.h"
#include "store/engagements.h"
#include "store/ground.h"
#include "store/intents.h"
#include "store/occurrences.h"
#include "store/organisation.h"
#include "store/request_ledger.h"
#include "store/runs.h"
#include "store/safety.h"
#include "store/spreads.h"
#include "store/view.h"
#include "store/write_backs.h"

namespace praxisync::store {

class Store {
 public:
  /// `door` is called before and after each commit: empty in production, crash tests throw from it.
  /// `vfs` names the SQLite VFS that the file is on: empty, the system's, in production; tests of
  /// failing disks have their own.
  static Result<Store> open(const std::filesystem::path& path, std::function<void()> door = {},
                            const std::string& vfs = {});
  /// For status, explain and runs: no lease is needed, and nothing is written but the migrations
  /// that an older file is due.
  static Result<Store> open_for_reading(const std::filesystem::path& path,
                                        const std::string& vfs = {});
  /// For the request ledger of whoever holds no lease: an existing file, without the check of every
  /// page.
  static Result<Store> open_shared(const std::filesystem::path& path);
  /// A private one that is gone when it is closed.
  static Result<Store> scratch(std::function<void()> door = {});
  /// A scratch database with all that this one holds: `plan` works on it, so this one stays as it
  /// is.
  Result<Store> scratch_copy();
  /// The database of that name in this process's memory: all who open it share it, and it is gone
  /// when the last of them closes it. Whoever of them dies leaves what it committed, and no more.
  static Result<Store> in_memory(const std::string& name, std::function<void()> door = {});
  /// For tests that play thousands of processes and databases: as if this one's process had died
  /// and another had opened the database, but what was prepared stays prepared.
  Result<void> begin_anew(std::function<void()> door);
  /// Likewise: all that this one held is gone, and it holds what `other` does.
  Result<void> become(Store& other);

  /// From here on every transaction fails once another process has begun an epoch (the lease's half
  /// in the database; the other half is Lease).
  Result<void> begin_epoch(const std::string& holder, Timestamp now);

  Applications& applications();
  Checkpoints& checkpoints();
  Engagements& engagements();
  Ground& ground();
  Intents& intents();
  Occurrences& occurrences();
  OrganisationBinding& organisation();
  Runs& runs();
  Safety& safety();
  Spreads& spreads();
  View& view();
  WriteBacks& write_backs();
  /// Borrows the store and the clock. Any number of them, in any number of processes, share what is
  /// counted for one account.
  std::unique_ptr<RequestLedger> request_ledger(const Clock& clock, std::string account,
                                                RequestLimits limits);

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

 private:
  struct Parts;
  explicit Store(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace praxisync::store
