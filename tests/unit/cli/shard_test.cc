#include "cli/shard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "support/result_matchers.h"

namespace praxisync::cli {
namespace {

using testing::HasSubstr;
using testing_support::IsOk;
using Variables = std::map<std::string, std::string>;

constexpr int kOrganisations = 2000;

std::string organisation(int number) { return "org-" + std::to_string(number); }

TEST(Shards, TakeEveryOrganisationOnceAndAboutAsManyEach) {
  constexpr int kShards = 5;
  std::array<int, kShards> taken{};
  for (int i = 0; i < kOrganisations; ++i) {
    int times = 0;
    for (int shard = 0; shard < kShards; ++shard) {
      if (!Shard{shard, kShards}.takes(organisation(i))) continue;
      ++times;
      ++taken.at(static_cast<std::size_t>(shard));
    }
    EXPECT_EQ(times, 1) << organisation(i);
  }
  for (const int number : taken) {
    EXPECT_GT(number, kOrganisations / kShards * 8 / 10);
    EXPECT_LT(number, kOrganisations / kShards * 12 / 10);
  }
}

TEST(Shards, MoveOnlyWhatANewOneTakes) {
  constexpr int kBefore = 9;
  int moved = 0;
  for (int i = 0; i < kOrganisations; ++i) {
    const int before = shard_of(organisation(i), kBefore);
    const int after = shard_of(organisation(i), kBefore + 1);
    if (before == after) continue;
    EXPECT_EQ(after, kBefore) << "nothing moves between shards that were there";
    ++moved;
  }
  EXPECT_GT(moved, kOrganisations / (kBefore + 1) * 7 / 10);
  EXPECT_LT(moved, kOrganisations / (kBefore + 1) * 13 / 10);
}

TEST(Shards, StayWhatTheyWereInEarlierVersions) {
  EXPECT_EQ(shard_of("acme", 7), 2);
  EXPECT_EQ(shard_of("globex", 7), 6);
  EXPECT_EQ(shard_of("initech", 3), 2);
}

TEST(ShardOption, IsReadFromOneOrFromAnIndexedJob) {
  const Variables job{{"JOB_COMPLETION_INDEX", "0"}, {"JOB_COMPLETIONS", "3"}};
  EXPECT_EQ(*parse_shard("2/5", {}), (Shard{1, 5}));
  EXPECT_EQ(*parse_shard("5/5", {}), (Shard{4, 5}));
  EXPECT_EQ(*parse_shard("", {}), (Shard{0, 1}));
  EXPECT_EQ(*parse_shard("", job), (Shard{0, 3}));
  EXPECT_EQ(*parse_shard("/4", {{"JOB_COMPLETION_INDEX", "3"}}), (Shard{3, 4}));
  EXPECT_EQ(*parse_shard("2/5", job), (Shard{1, 5}));
}

struct WrongShard {
  std::string name, text;
  Variables environment;
  std::string said;
};
void PrintTo(const WrongShard& row, std::ostream* out) { *out << row.name; }

class WrongShards : public testing::TestWithParam<WrongShard> {};

TEST_P(WrongShards, AreRefused) {
  const auto shard = parse_shard(GetParam().text, GetParam().environment);

  ASSERT_FALSE(shard);
  EXPECT_THAT(shard.error().what, HasSubstr(GetParam().said));
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongShards,
    testing::Values(WrongShard{"Zeroth", "0/5", {}, "no such shard of 5"},
                    WrongShard{"BehindTheLast", "6/5", {}, "no such shard of 5"},
                    WrongShard{"OfNone", "1/0", {}, "--shard takes 2/5"},
                    WrongShard{"NoCount", "2", {}, "--shard takes 2/5"},
                    WrongShard{"NoNumbers", "a/b", {}, "--shard takes 2/5"},
                    WrongShard{"Negative", "-1/5", {}, "no such shard of 5"},
                    WrongShard{"Endless", "1/99999999999", {}, "--shard takes 2/5"},
                    WrongShard{"WithoutAnIndex", "/5", {}, "needs JOB_COMPLETION_INDEX"},
                    WrongShard{"IndexAlone", "", {{"JOB_COMPLETION_INDEX", "1"}}, "add --shard /N"},
                    WrongShard{"IndexBehindTheLast",
                               "",
                               {{"JOB_COMPLETION_INDEX", "3"}, {"JOB_COMPLETIONS", "3"}},
                               "no such shard of 3"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace praxisync::cli
