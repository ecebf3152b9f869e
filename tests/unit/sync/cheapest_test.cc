#include "sync/cheapest.h"

#include <gtest/gtest.h>

namespace praxisync::sync {
namespace {

TEST(Cheapest, AWriteWeighsFiveReadsOnAFreshHour) {
  const Prices fresh(500, 100);

  EXPECT_EQ(cheapest({{"list", {.reads = 10}}, {"singly", {.reads = 3}}}, fresh), 1U);
  EXPECT_EQ(cheapest({{"list", {.reads = 10}}, {"singly", {.writes = 3}}}, fresh), 0U);
  EXPECT_EQ(cheapest({{"list", {.reads = 20}}, {"singly", {.writes = 3}}}, fresh), 1U);
}

TEST(Cheapest, WhatIsScarceWeighsMore) {
  const std::vector<Way> ways{{"list", {.reads = 10}}, {"singly", {.writes = 3}}};

  EXPECT_EQ(cheapest(ways, Prices(12, 100)), 1U);
  EXPECT_EQ(cheapest(ways, Prices(500, 2)), 0U);
}

TEST(Cheapest, TheFirstOfEqualsIsTaken) {
  EXPECT_EQ(cheapest({{"a", {.reads = 2}}, {"b", {.reads = 2}}}, Prices(0, 0)), 0U);
}

TEST(Cheapest, SaysWhy) {
  EXPECT_EQ(reason_for({{"by the list", {.reads = 1}}, {"singly", {.reads = 12, .writes = 1}}}, 0),
            "by the list: 1 read; singly would be 12 reads and 1 write");
}

}  // namespace
}  // namespace praxisync::sync
