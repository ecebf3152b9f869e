#include "serve/health.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_clock.h"

namespace praxisync::serve {
namespace {

using testing::HasSubstr;

class HealthTest : public testing::Test {
 protected:
  testing_support::FakeClock clock;
  sync::Observer nobody;
  Live live{nobody, clock};
  Health health{live, clock};
};

TEST_F(HealthTest, IsWellWhileNothingRuns) {
  clock.advance(std::chrono::hours{100});

  EXPECT_EQ(health.alive().status, 200);
  EXPECT_EQ(health.ready().status, 200);
}

TEST_F(HealthTest, ARunThatTellsNothingForTooLongHangs) {
  live.begun(RunKey{7}, clock.now());
  clock.advance(Health::kSilence);
  EXPECT_EQ(health.alive().status, 200);

  clock.advance(Milliseconds{1});

  EXPECT_EQ(health.alive().status, 503);
  EXPECT_THAT(health.alive().body, HasSubstr("run 7 has told nothing for 15 min"));
  EXPECT_EQ(health.ready().status, 200) << "a restart is what helps";
}

TEST_F(HealthTest, ARunThatGoesOnTellingLives) {
  live.begun(RunKey{7}, clock.now());
  for (int i = 0; i < 20; ++i) {
    clock.advance(std::chrono::minutes{10});
    live.progress(i, 100);
  }

  EXPECT_EQ(health.alive().status, 200);
}

TEST_F(HealthTest, ARunThatEndedDoesNotHang) {
  live.begun(RunKey{7}, clock.now());
  live.ended({});
  clock.advance(std::chrono::hours{1});

  EXPECT_EQ(health.alive().status, 200);
}

TEST_F(HealthTest, SaysWhatIsAmissUntilItIsMended) {
  health.set_trouble("the key was refused");

  EXPECT_EQ(health.ready().status, 503);
  EXPECT_EQ(health.ready().body, "the key was refused\n");
  EXPECT_EQ(health.alive().status, 200) << "a restart mends nothing";

  health.set_trouble({});
  EXPECT_EQ(health.ready().status, 200);
}

}  // namespace
}  // namespace praxisync::serve
