/// Allocations that fail: `operator new` throws std::bad_alloc and SQLite is refused its memory,
/// from the chosen allocation on. For programs that link memory_faults.cc.
#pragma once

#include "simulation/disk/lasting.h"

namespace praxisync::testing_support {

/// Before SQLite is used for the first time: from here on its memory counts as well, and it takes
/// no mutexes, which a copy of the process could not give back.
void set_up_sqlite_for_sweeps();

class MemoryFaults {
 public:
  /// The allocation number `at`, counted from 0 and from now, fails.
  static void strike(long at, Lasting lasting);
  /// From here on nothing fails, and nothing counts.
  static void heal();
  /// Counts from 0, and fails nothing.
  static void count();
  /// Since the last strike() or count().
  static long allocations();
};

/// While it lives, no allocation fails or counts: for what is not the process under test.
class OutsideTheProcess {
 public:
  OutsideTheProcess();
  OutsideTheProcess(const OutsideTheProcess&) = delete;
  OutsideTheProcess& operator=(const OutsideTheProcess&) = delete;
  ~OutsideTheProcess();
};

}  // namespace praxisync::testing_support
