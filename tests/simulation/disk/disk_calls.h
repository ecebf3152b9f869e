/// What SQLite calls: the C side of FaultDisk.
#pragma once

#include "simulation/disk/fault_disk.h"

namespace praxisync::testing_support {

struct DiskCalls {
  struct Handle;
  struct File : sqlite3_file {
    Handle* handle;
  };

  static sqlite3_vfs vfs(FaultDisk& disk);

 private:
  using Disk = FaultDisk;

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out);
  static int remove(sqlite3_vfs* vfs, const char* name, int sync_folder);
  static int access(sqlite3_vfs* vfs, const char* name, int flags, int* found);
  static int full_name(sqlite3_vfs* vfs, const char* name, int room, char* out);
  static int randomness(sqlite3_vfs* vfs, int count, char* out);

  static int close(sqlite3_file* file);
  static int read(sqlite3_file* file, void* out, int count, sqlite3_int64 at);
  static int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at);
  static int truncate(sqlite3_file* file, sqlite3_int64 size);
  static int sync(sqlite3_file* file, int flags);
  static int size(sqlite3_file* file, sqlite3_int64* size);
  static int lock(sqlite3_file* file, int level);
  static int unlock(sqlite3_file* file, int level);
  static int check_reserved(sqlite3_file* file, int* reserved);
  static int map(sqlite3_file* file, int region, int bytes, int extend, void volatile** out);
  static int lock_memory(sqlite3_file* file, int first, int count, int flags);
  static int unmap(sqlite3_file* file, int remove);

  static const sqlite3_io_methods& methods();
  static Handle& handle_of(sqlite3_file* file);
  /// The code that the call fails with; SQLITE_OK where it goes on.
  static int failure(Disk& disk, int io_error);
};

}  // namespace praxisync::testing_support
