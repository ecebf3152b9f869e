#include "cli/heap.h"

#include <malloc.h>

namespace praxisync::cli {

void share_arenas() {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 2);
#endif
}

void return_free_memory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace praxisync::cli
