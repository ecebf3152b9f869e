/// A disk in memory on which SQLite keeps its files, with the faults that real ones have: a call
/// that fails, a process that dies, a machine that loses its power.
///
/// It is a VFS of SQLite under a name of its own. Locks and the shared memory of the write-ahead
/// log are played as well, so that the product's own settings hold (WAL, normal locking, FULL
/// sync), several connections stand beside each other, and each restart recovers the log.
///
/// What survives a loss of power is what was synced, and of each write since then any sectors of
/// 512 bytes, whole or in part, whatever was written before or after. A name that was made or
/// removed since its folder was last synced is there or not; as on Linux, the folder is synced with
/// the first sync of a new log or journal.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "domain/random.h"
#include "simulation/disk/lasting.h"

namespace praxisync::testing_support {

enum class DiskFault {
  Full,       ///< of calls that write: SQLITE_FULL and its kin
  IoError,    ///< of any call: its SQLITE_IOERR_… or SQLITE_CANTOPEN
  Busy,       ///< of calls that lock: SQLITE_BUSY
  ShortRead,  ///< of calls that read: the second half is missing
};

inline constexpr DiskFault kDiskFaults[] = {DiskFault::Full, DiskFault::IoError, DiskFault::Busy,
                                            DiskFault::ShortRead};
const char* to_string(DiskFault fault);

class FaultDisk {
 public:
  using Bytes = std::vector<std::uint8_t>;
  /// name -> bytes
  using Image = std::map<std::string, Bytes>;

  FaultDisk();
  FaultDisk(const FaultDisk&) = delete;
  FaultDisk& operator=(const FaultDisk&) = delete;
  /// Nothing may be open on it any more.
  ~FaultDisk();

  /// The VFS's.
  const std::string& name() const { return name_; }

  /// The call number `at`, counted from 0 and from now among those that this fault can strike.
  void strike(DiskFault fault, int at, Lasting lasting);
  void heal();
  /// Told of each call before it is decided upon, once for each fault that could strike it.
  std::function<void(DiskFault)> watch{};
  /// Told of each sync before it has an effect.
  std::function<void()> at_sync{};
  bool struck() const { return struck_ > 0; }
  /// Calls until now that the fault could have struck.
  int calls(DiskFault fault) const { return calls_[static_cast<std::size_t>(fault)]; }

  /// The process dies here: what it wrote stays, and each further call fails until restart().
  void kill();
  /// The machine dies here.
  void lose_power(Random& random);
  /// Likewise, at the sync number `at`, counted from 0 and from now, before that has an effect.
  void lose_power_at_sync(int at, std::uint64_t seed);
  bool dead() const { return dead_; }
  void restart();
  int syncs() const { return syncs_; }

  /// What a loss of power now would leave at the least.
  Image synced() const;
  /// What is there.
  Image image() const;
  /// Replaces everything; all of it is synced.
  void restore(const Image& image);

 private:
  friend struct DiskCalls;

  /// One write, or a truncation where there are no bytes.
  struct Change {
    std::int64_t at = 0;
    Bytes bytes{};
  };
  struct Inode {
    Bytes now, synced;
    std::vector<Change> since{};
    int shared = 0;  ///< how many hold a lock
    const void *reserved = nullptr, *pending = nullptr, *exclusive = nullptr;
  };
  using Names = std::map<std::string, std::shared_ptr<Inode>>;
  struct SharedMemory {
    std::vector<std::unique_ptr<Bytes>> regions;
    int shared[SQLITE_SHM_NLOCK] = {};
    const void* exclusive[SQLITE_SHM_NLOCK] = {};
  };

  static void apply(Bytes& bytes, const Change& change);
  static Bytes torn(const Inode& inode, Random& random);
  bool strikes(DiskFault fault);

  std::string name_;
  sqlite3_vfs vfs_{};
  Names names_, synced_names_;
  std::map<std::string, std::shared_ptr<SharedMemory>> memory_;
  DiskFault fault_ = DiskFault::IoError;
  int strike_at_ = -1;
  Lasting lasting_ = Lasting::Once;
  int calls_[4] = {};
  int struck_ = 0;
  int syncs_ = 0, power_ends_at_ = -1;
  std::uint64_t power_seed_ = 0;
  int life_ = 0;  ///< what was opened in an earlier one is dead
  bool dead_ = false;
};

}  // namespace praxisync::testing_support
