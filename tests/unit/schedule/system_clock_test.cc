#include "schedule/system_clock.h"

#include <gtest/gtest.h>

namespace praxisync::schedule {
namespace {

TEST(SystemClock, NeverWakesBeforeItsTime) {
  SystemClock clock;
  for (int i = 0; i < 60; ++i) {
    const Timestamp at = clock.now() + Milliseconds{53};  // longer than it sleeps in one piece
    clock.sleep_until(at);
    ASSERT_GE(clock.now(), at) << i;
  }
}

}  // namespace
}  // namespace praxisync::schedule
