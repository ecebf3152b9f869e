#include "domain/ids.h"

#include <gtest/gtest.h>

#include <type_traits>
#include <unordered_set>

namespace praxisync {
namespace {

// One kind of id cannot stand where another belongs, nor can text without being named.
static_assert(!std::is_convertible_v<std::string, ApplicationId>);
static_assert(!std::is_convertible_v<const char*, ApplicationId>);
static_assert(!std::is_convertible_v<ApplicationId, std::string>);
static_assert(!std::is_constructible_v<CandidateId, ApplicationId>);
static_assert(!std::is_assignable_v<CandidateId&, ApplicationId>);
static_assert(!std::equality_comparable_with<CandidateId, ApplicationId>);

TEST(Id, KeepsItsTextByteForByte) {
  const std::string odd("00012 Ä\0x", 10);
  EXPECT_EQ(ApplicationId(odd).text(), odd);
}

TEST(Id, ComparesAsTextAndNotAsANumber) {
  EXPECT_NE(ApplicationId("7"), ApplicationId("007"));
  EXPECT_NE(ApplicationId("a"), ApplicationId("A"));
  EXPECT_LT(ApplicationId("10"), ApplicationId("9"));
  EXPECT_EQ(ApplicationId("7"), ApplicationId("7"));
}

TEST(Id, IsEmptyUntilItIsGiven) {
  EXPECT_TRUE(Cursor().empty());
  EXPECT_EQ(Cursor(), Cursor(""));
  EXPECT_FALSE(Cursor("0").empty());
}

TEST(Id, CanBeAKeyOfAHashTable) {
  const std::unordered_set<RouteName> routes{RouteName("a"), RouteName("b"), RouteName("a")};
  EXPECT_EQ(routes.size(), 2U);
  EXPECT_TRUE(routes.contains(RouteName("b")));
}

}  // namespace
}  // namespace praxisync
