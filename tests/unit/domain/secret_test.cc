#include "domain/secret.h"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <sstream>
#include <string_view>
#include <type_traits>

namespace praxisync {
namespace {

template <typename T>
concept Streamable = requires(std::ostream& out, const T& value) {
  out << value;
};
template <typename T>
concept Formattable = requires(const T& value) {
  requires fmt::is_formattable<T>::value;
  fmt::format("{}", value);
};
template <typename T>
concept ConvertsToText = std::is_convertible_v<T, std::string> ||
    std::is_convertible_v<T, std::string_view> || std::is_convertible_v<T, const char*>;

// The checks see what can be printed …
static_assert(Streamable<std::string> && Formattable<std::string> && ConvertsToText<std::string>);
// … and a secret cannot.
static_assert(!Streamable<ApiKey> && !Streamable<InviteToken>);
static_assert(!Formattable<ApiKey> && !Formattable<InviteToken>);
static_assert(!ConvertsToText<ApiKey> && !ConvertsToText<InviteToken>);
static_assert(!std::is_convertible_v<std::string, ApiKey>);
static_assert(!std::is_constructible_v<ApiKey, InviteToken>);

/// Short enough to lie inside the object, where its bytes can be looked at afterwards.
constexpr std::string_view kShort = "s3cr3t-key";

bool holds(const std::byte* memory, std::size_t size, std::string_view text) {
  const std::string_view bytes(reinterpret_cast<const char*>(memory), size);
  return bytes.find(text) != std::string_view::npos;
}

/// A key in memory of our own, which outlives it.
struct Watched {
  alignas(ApiKey) std::byte memory[sizeof(ApiKey)] = {};
  ApiKey* key = std::construct_at(reinterpret_cast<ApiKey*>(memory), std::string(kShort));

  bool still_there() const { return holds(memory, sizeof memory, kShort.substr(1)); }
};

TEST(Secret, IsRevealedOnlyByItsWord) {
  EXPECT_EQ(ApiKey("abc").reveal(), "abc");
  EXPECT_TRUE(ApiKey().empty());
  EXPECT_FALSE(ApiKey("abc").empty());
}

TEST(Secret, ComparesByItsText) {
  EXPECT_TRUE(ApiKey("abc") == ApiKey("abc"));
  EXPECT_FALSE(ApiKey("abc") == ApiKey("abd"));
}

TEST(Secret, LeavesNothingInMemoryWhenItGoes) {
  Watched watched;
  ASSERT_TRUE(watched.still_there());

  std::destroy_at(watched.key);

  EXPECT_FALSE(watched.still_there());
}

TEST(Secret, LeavesNothingWhereItWasMovedFrom) {
  Watched watched;

  const ApiKey moved = std::move(*watched.key);

  EXPECT_EQ(moved.reveal(), kShort);
  EXPECT_TRUE(watched.key->empty());
  EXPECT_FALSE(watched.still_there());
  std::destroy_at(watched.key);
}

TEST(Secret, LeavesNothingWhereItWasAssignedFrom) {
  Watched watched;
  ApiKey other("older");

  other = std::move(*watched.key);

  EXPECT_EQ(other.reveal(), kShort);
  EXPECT_FALSE(watched.still_there());
  std::destroy_at(watched.key);
}

TEST(Secret, LeavesNothingOfALongerOneThatItReplaces) {
  Watched watched;

  *watched.key = ApiKey("x");

  EXPECT_EQ(watched.key->reveal(), "x");
  EXPECT_FALSE(watched.still_there());
  std::destroy_at(watched.key);
}

TEST(Secret, StaysWholeWhenItIsCopiedOrAssignedToItself) {
  ApiKey key("abc");
  ApiKey copy = key;
  const ApiKey& self = key;

  key = self;

  EXPECT_EQ(key.reveal(), "abc");
  EXPECT_EQ(copy.reveal(), "abc");
}

}  // namespace
}  // namespace praxisync
