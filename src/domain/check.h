#pragma once

namespace praxisync::internal {
[[noreturn]] void check_failed(const char* condition, const char* why, const char* file, int line);
}

/// Ends the process when an invariant of our own is broken, in release builds too: the database
/// survives that, a wrong invitation does not. Never for what comes from outside: that is an Error.
#define PRAXISYNC_CHECK(condition, why) \
  ((condition) ? static_cast<void>(0)   \
               : ::praxisync::internal::check_failed(#condition, why, __FILE__, __LINE__))
