#include "serve/token_bucket.h"

#include <gtest/gtest.h>

namespace praxisync::serve {
namespace {

TEST(TokenBucket, GivesABurstAndThenSoManyASecond) {
  TokenBucket bucket(3, 2);
  const Milliseconds start{10'000};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(bucket.take(start), std::nullopt);

  const auto wait = bucket.take(start);

  ASSERT_TRUE(wait.has_value());
  EXPECT_GT(*wait, Milliseconds{400});
  EXPECT_LE(*wait, Milliseconds{501});
  EXPECT_EQ(bucket.take(start + *wait), std::nullopt);
  EXPECT_NE(bucket.take(start + *wait), std::nullopt);
}

TEST(TokenBucket, HoldsNoMoreThanABurst) {
  TokenBucket bucket(2, 5);

  for (int i = 0; i < 2; ++i) EXPECT_EQ(bucket.take(std::chrono::hours{9}), std::nullopt);
  EXPECT_NE(bucket.take(std::chrono::hours{9}), std::nullopt);
}

}  // namespace
}  // namespace praxisync::serve
