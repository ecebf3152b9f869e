#include "schedule/system_clock.h"

#include <gtest/gtest.h>

namespace praxisync::schedule {
namespace {

TEST(SystemClock, NeverWakesBeforeItsTime) {
  SystemClock clock;
  for (int i = 0; i < 200; ++i) {
    const Timestamp at = clock.now() + Milliseconds{2};
    clock.sleep_until(at);
    ASSERT_GE(clock.now(), at) << i;
  }
}

}  // namespace
}  // namespace praxisync::schedule
