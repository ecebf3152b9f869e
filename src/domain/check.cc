#include "domain/check.h"

#include <cstdio>
#include <cstdlib>

namespace praxisync::internal {

void check_failed(const char* condition, const char* why, const char* file, int line) {
  std::fprintf(stderr, "praxisync: %s:%d: broken invariant: %s (%s)\n", file, line, condition, why);
  std::abort();
}

}  // namespace praxisync::internal
