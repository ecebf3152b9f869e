#include "simulation/disk/disk_calls.h"

#include <algorithm>
#include <cstring>

#include "simulation/disk/memory_faults.h"

namespace praxisync::testing_support {

/// An open file, its locks with it.
struct DiskCalls::Handle {
  FaultDisk& disk;
  int life;
  std::string name;  ///< empty: a temporary file
  std::shared_ptr<FaultDisk::Inode> inode;
  bool delete_on_close = false;
  bool sync_folder = false;  ///< with the next sync
  int level = SQLITE_LOCK_NONE;
  std::shared_ptr<FaultDisk::SharedMemory> memory{};
  unsigned held_shared = 0;  ///< slots of the shared memory

  bool dead() const { return disk.dead_ || life != disk.life_; }
};

namespace {

// One process, and what SQLite asks of its disk is no part of it: memory does not fail in here.
using Outside = OutsideTheProcess;

FaultDisk& disk_of(sqlite3_vfs* vfs) { return *static_cast<FaultDisk*>(vfs->pAppData); }

}  // namespace

DiskCalls::Handle& DiskCalls::handle_of(sqlite3_file* file) {
  return *static_cast<File*>(file)->handle;
}

int DiskCalls::failure(Disk& disk, int io_error) {
  return disk.strikes(DiskFault::IoError) ? io_error : SQLITE_OK;
}

int DiskCalls::open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
  const Outside outside;
  FaultDisk& disk = disk_of(vfs);
  file->pMethods = nullptr;
  if (disk.dead_ || failure(disk, SQLITE_CANTOPEN) != SQLITE_OK) return SQLITE_CANTOPEN;
  if (disk.strikes(DiskFault::Full)) return SQLITE_CANTOPEN;
  auto handle = std::make_unique<Handle>(
      Handle{.disk = disk, .life = disk.life_, .name = name == nullptr ? "" : name, .inode = {}});
  handle->delete_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  handle->sync_folder = (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) != 0;
  if (name == nullptr) {
    handle->inode = std::make_shared<FaultDisk::Inode>();
  } else {
    auto& inode = disk.names_[handle->name];
    if (!inode) inode = std::make_shared<FaultDisk::Inode>();
    handle->inode = inode;
  }
  if (out != nullptr) *out = flags;
  static_cast<File*>(file)->handle = handle.release();
  file->pMethods = &methods();
  return SQLITE_OK;
}

int DiskCalls::remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  const Outside outside;
  FaultDisk& disk = disk_of(vfs);
  if (disk.dead_) return SQLITE_IOERR_DELETE;
  if (const int code = failure(disk, SQLITE_IOERR_DELETE); code != SQLITE_OK) return code;
  if (disk.names_.erase(name) == 0) return SQLITE_IOERR_DELETE_NOENT;
  if (sync_folder != 0) disk.synced_names_ = disk.names_;
  return SQLITE_OK;
}

int DiskCalls::access(sqlite3_vfs* vfs, const char* name, int, int* found) {
  const Outside outside;
  FaultDisk& disk = disk_of(vfs);
  if (disk.dead_) return SQLITE_IOERR_ACCESS;
  if (const int code = failure(disk, SQLITE_IOERR_ACCESS); code != SQLITE_OK) return code;
  const auto inode = disk.names_.find(name);
  // As SQLite's own VFS: an empty file is as good as none.
  *found = inode != disk.names_.end() && !inode->second->now.empty() ? 1 : 0;
  return SQLITE_OK;
}

int DiskCalls::full_name(sqlite3_vfs*, const char* name, int room, char* out) {
  sqlite3_snprintf(room, out, "%s", name);
  return SQLITE_OK;
}

int DiskCalls::randomness(sqlite3_vfs*, int count, char* out) {
  SeededRandom random(1);
  for (int i = 0; i < count; ++i) out[i] = static_cast<char>(random.next());
  return count;
}

int DiskCalls::close(sqlite3_file* file) {
  const Outside outside;
  const std::unique_ptr<Handle> handle(&handle_of(file));
  if (!handle->dead()) {
    unlock(file, SQLITE_LOCK_NONE);
    unmap(file, 0);
    if (handle->delete_on_close && !handle->name.empty()) handle->disk.names_.erase(handle->name);
  }
  return SQLITE_OK;
}

int DiskCalls::read(sqlite3_file* file, void* out, int count, sqlite3_int64 at) {
  const Outside outside;
  Handle& handle = handle_of(file);
  if (handle.dead()) return SQLITE_IOERR_READ;
  if (const int code = failure(handle.disk, SQLITE_IOERR_READ); code != SQLITE_OK) return code;
  const FaultDisk::Bytes& bytes = handle.inode->now;
  const auto wanted = static_cast<std::size_t>(count);
  const std::size_t from = std::min(static_cast<std::size_t>(at), bytes.size());
  std::size_t there = std::min(wanted, bytes.size() - from);
  if (handle.disk.strikes(DiskFault::ShortRead)) there /= 2;
  std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(from), there,
              static_cast<std::uint8_t*>(out));
  std::memset(static_cast<char*>(out) + there, 0, wanted - there);
  return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int DiskCalls::write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
  const Outside outside;
  Handle& handle = handle_of(file);
  if (handle.dead()) return SQLITE_IOERR_WRITE;
  if (const int code = failure(handle.disk, SQLITE_IOERR_WRITE); code != SQLITE_OK) return code;
  if (handle.disk.strikes(DiskFault::Full)) return SQLITE_FULL;
  const auto* first = static_cast<const std::uint8_t*>(bytes);
  FaultDisk::Change change{at, FaultDisk::Bytes(first, first + count)};
  FaultDisk::apply(handle.inode->now, change);
  handle.inode->since.push_back(std::move(change));
  return SQLITE_OK;
}

int DiskCalls::truncate(sqlite3_file* file, sqlite3_int64 size) {
  const Outside outside;
  Handle& handle = handle_of(file);
  if (handle.dead()) return SQLITE_IOERR_TRUNCATE;
  if (const int code = failure(handle.disk, SQLITE_IOERR_TRUNCATE); code != SQLITE_OK) return code;
  const FaultDisk::Change change{size};
  FaultDisk::apply(handle.inode->now, change);
  handle.inode->since.push_back(change);
  return SQLITE_OK;
}

int DiskCalls::sync(sqlite3_file* file, int) {
  const Outside outside;
  Handle& handle = handle_of(file);
  FaultDisk& disk = handle.disk;
  if (handle.dead()) return SQLITE_IOERR_FSYNC;
  if (disk.at_sync) disk.at_sync();
  if (disk.syncs_++ == disk.power_ends_at_) {
    SeededRandom random(disk.power_seed_);
    disk.lose_power(random);
    return SQLITE_IOERR_FSYNC;
  }
  if (const int code = failure(disk, SQLITE_IOERR_FSYNC); code != SQLITE_OK) return code;
  for (const FaultDisk::Change& change : handle.inode->since)
    FaultDisk::apply(handle.inode->synced, change);
  handle.inode->since.clear();
  if (handle.sync_folder) disk.synced_names_ = disk.names_;
  handle.sync_folder = false;
  return SQLITE_OK;
}

int DiskCalls::size(sqlite3_file* file, sqlite3_int64* size) {
  Handle& handle = handle_of(file);
  if (handle.dead()) return SQLITE_IOERR_FSTAT;
  if (const int code = failure(handle.disk, SQLITE_IOERR_FSTAT); code != SQLITE_OK) return code;
  *size = static_cast<sqlite3_int64>(handle.inode->now.size());
  return SQLITE_OK;
}

int DiskCalls::lock(sqlite3_file* file, int level) {
  Handle& handle = handle_of(file);
  if (handle.dead()) return SQLITE_IOERR_LOCK;
  if (handle.level >= level) return SQLITE_OK;
  if (const int code = failure(handle.disk, SQLITE_IOERR_LOCK); code != SQLITE_OK) return code;
  if (handle.disk.strikes(DiskFault::Busy)) return SQLITE_BUSY;
  FaultDisk::Inode& inode = *handle.inode;
  const auto others = [&](const void* owner) { return owner != nullptr && owner != &handle; };
  if (level == SQLITE_LOCK_SHARED) {
    if (others(inode.pending) || others(inode.exclusive)) return SQLITE_BUSY;
    ++inode.shared;
  } else if (level == SQLITE_LOCK_RESERVED) {
    if (others(inode.reserved) || others(inode.pending)) return SQLITE_BUSY;
    inode.reserved = &handle;
  } else {
    if (others(inode.reserved) || others(inode.pending)) return SQLITE_BUSY;
    inode.pending = &handle;
    if (inode.shared > 1) {
      handle.level = SQLITE_LOCK_PENDING;
      return SQLITE_BUSY;
    }
    inode.exclusive = &handle;
  }
  handle.level = level;
  return SQLITE_OK;
}

int DiskCalls::unlock(sqlite3_file* file, int level) {
  Handle& handle = handle_of(file);
  if (handle.dead() || handle.level <= level) return SQLITE_OK;
  FaultDisk::Inode& inode = *handle.inode;
  for (const void** owner : {&inode.reserved, &inode.pending, &inode.exclusive}) {
    if (*owner == &handle) *owner = nullptr;
  }
  if (level == SQLITE_LOCK_NONE) --inode.shared;
  handle.level = level;
  return SQLITE_OK;
}

int DiskCalls::check_reserved(sqlite3_file* file, int* reserved) {
  Handle& handle = handle_of(file);
  if (handle.dead()) return SQLITE_IOERR_CHECKRESERVEDLOCK;
  *reserved = handle.inode->reserved != nullptr ? 1 : 0;
  return SQLITE_OK;
}

int DiskCalls::map(sqlite3_file* file, int region, int bytes, int extend, void volatile** out) {
  const Outside outside;
  Handle& handle = handle_of(file);
  *out = nullptr;
  if (handle.dead()) return SQLITE_IOERR_SHMMAP;
  if (const int code = failure(handle.disk, SQLITE_IOERR_SHMMAP); code != SQLITE_OK) return code;
  if (!handle.memory) {
    auto& memory = handle.disk.memory_[handle.name];
    if (!memory) memory = std::make_shared<FaultDisk::SharedMemory>();
    handle.memory = memory;
  }
  auto& regions = handle.memory->regions;
  const auto wanted = static_cast<std::size_t>(region);
  if (regions.size() <= wanted) {
    if (extend == 0) return SQLITE_OK;
    if (handle.disk.strikes(DiskFault::Full)) return SQLITE_IOERR_SHMSIZE;
    while (regions.size() <= wanted) {
      regions.push_back(std::make_unique<FaultDisk::Bytes>(static_cast<std::size_t>(bytes)));
    }
  }
  *out = regions[wanted]->data();
  return SQLITE_OK;
}

int DiskCalls::lock_memory(sqlite3_file* file, int first, int count, int flags) {
  Handle& handle = handle_of(file);
  if (handle.dead()) return (flags & SQLITE_SHM_UNLOCK) != 0 ? SQLITE_OK : SQLITE_IOERR_SHMLOCK;
  FaultDisk::SharedMemory& memory = *handle.memory;
  const unsigned mask = ((1U << count) - 1U) << first;
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    for (int slot = first; slot < first + count; ++slot) {
      if (memory.exclusive[slot] == &handle) memory.exclusive[slot] = nullptr;
      if ((handle.held_shared & (1U << slot)) != 0) --memory.shared[slot];
    }
    handle.held_shared &= ~mask;
    return SQLITE_OK;
  }
  if (const int code = failure(handle.disk, SQLITE_IOERR_SHMLOCK); code != SQLITE_OK) return code;
  if (handle.disk.strikes(DiskFault::Busy)) return SQLITE_BUSY;
  const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  for (int slot = first; slot < first + count; ++slot) {
    const bool ours = (handle.held_shared & (1U << slot)) != 0;
    if (memory.exclusive[slot] != nullptr && memory.exclusive[slot] != &handle) return SQLITE_BUSY;
    if (exclusive && memory.shared[slot] > (ours ? 1 : 0)) return SQLITE_BUSY;
  }
  for (int slot = first; slot < first + count; ++slot) {
    if (exclusive) {
      memory.exclusive[slot] = &handle;
    } else if ((handle.held_shared & (1U << slot)) == 0) {
      ++memory.shared[slot];
    }
  }
  if (!exclusive) handle.held_shared |= mask;
  return SQLITE_OK;
}

int DiskCalls::unmap(sqlite3_file* file, int remove) {
  Handle& handle = handle_of(file);
  if (!handle.memory || handle.dead()) return SQLITE_OK;
  lock_memory(file, 0, SQLITE_SHM_NLOCK, SQLITE_SHM_UNLOCK);
  handle.memory.reset();
  const auto memory = handle.disk.memory_.find(handle.name);
  if (memory == handle.disk.memory_.end()) return SQLITE_OK;
  if (remove != 0 || memory->second.use_count() == 1) handle.disk.memory_.erase(memory);
  return SQLITE_OK;
}

const sqlite3_io_methods& DiskCalls::methods() {
  static const sqlite3_io_methods methods = [] {
    sqlite3_io_methods io{};
    io.iVersion = 2;
    io.xClose = close;
    io.xRead = read;
    io.xWrite = write;
    io.xTruncate = truncate;
    io.xSync = sync;
    io.xFileSize = size;
    io.xLock = lock;
    io.xUnlock = unlock;
    io.xCheckReservedLock = check_reserved;
    io.xFileControl = [](sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; };
    io.xSectorSize = [](sqlite3_file*) { return 512; };
    // As SQLite's own VFS says of any disk: bytes beside a write stay as they are.
    io.xDeviceCharacteristics = [](sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; };
    io.xShmMap = map;
    io.xShmLock = lock_memory;
    io.xShmBarrier = [](sqlite3_file*) {};
    io.xShmUnmap = unmap;
    return io;
  }();
  return methods;
}

sqlite3_vfs DiskCalls::vfs(FaultDisk& disk) {
  sqlite3_vfs vfs{};
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(File);
  vfs.mxPathname = 512;
  vfs.zName = disk.name_.c_str();
  vfs.pAppData = &disk;
  vfs.xOpen = open;
  vfs.xDelete = remove;
  vfs.xAccess = access;
  vfs.xFullPathname = full_name;
  vfs.xRandomness = randomness;
  // Nobody waits for a lock in earnest.
  vfs.xSleep = [](sqlite3_vfs*, int microseconds) { return microseconds; };
  vfs.xCurrentTimeInt64 = [](sqlite3_vfs*, sqlite3_int64* at) {
    *at = 212'622'321'600'000;
    return SQLITE_OK;
  };
  return vfs;
}

}  // namespace praxisync::testing_support
