#include "simulation/disk/memory_faults.h"

#include <sqlite3.h>

#include <climits>
#include <cstdlib>
#include <new>

#include "domain/check.h"

namespace praxisync::testing_support {
namespace {

struct State {
  bool counting = false;
  long passed = 0;
  long at = LONG_MAX;
  Lasting lasting = Lasting::Once;
  int outside = 0;
};

// One thread: the engine has no other.
State state;
sqlite3_mem_methods sqlite_memory;

bool fails() {
  if (!state.counting || state.outside > 0) return false;
  const long number = state.passed++;
  return state.lasting == Lasting::Once ? number == state.at : number >= state.at;
}

void start(long at, Lasting lasting) { state = {true, 0, at, lasting, state.outside}; }

}  // namespace

void set_up_sqlite_for_sweeps() {
  sqlite3_shutdown();
  int done = sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
  PRAXISYNC_CHECK(done == SQLITE_OK, "SQLite is not in use yet");
  done = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlite_memory);
  PRAXISYNC_CHECK(done == SQLITE_OK, "SQLite is not in use yet");
  sqlite3_mem_methods failing = sqlite_memory;
  failing.xMalloc = [](int bytes) { return fails() ? nullptr : sqlite_memory.xMalloc(bytes); };
  failing.xRealloc = [](void* memory, int bytes) {
    return fails() ? nullptr : sqlite_memory.xRealloc(memory, bytes);
  };
  done = sqlite3_config(SQLITE_CONFIG_MALLOC, &failing);
  PRAXISYNC_CHECK(done == SQLITE_OK, "SQLite is not in use yet");
}

void MemoryFaults::strike(long at, Lasting lasting) { start(at, lasting); }
void MemoryFaults::count() { start(LONG_MAX, Lasting::Once); }
void MemoryFaults::heal() { state.counting = false; }
long MemoryFaults::allocations() { return state.passed; }

OutsideTheProcess::OutsideTheProcess() { ++state.outside; }
OutsideTheProcess::~OutsideTheProcess() { --state.outside; }

}  // namespace praxisync::testing_support

void* operator new(std::size_t size) {
  if (praxisync::testing_support::fails()) throw std::bad_alloc();
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return ::operator new(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return praxisync::testing_support::fails() ? nullptr : std::malloc(size == 0 ? 1 : size);
}
void* operator new[](std::size_t size, const std::nothrow_t& nothrow) noexcept {
  return ::operator new(size, nothrow);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
