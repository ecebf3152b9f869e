#include "connectors/lever/directory.h"

#include <gmock/gmock.h>

#include "support/result_matchers.h"

namespace praxisync::lever {
namespace {

using testing_support::FailsWith;
using testing_support::IsOk;

TEST(LeverBook, AsksOnceAndOnceMoreForAnIdThatItNeverMet) {
  int asked = 0;
  Book<Stage> book([&](const std::string&) -> Result<Listing<Stage>> {
    if (++asked == 1) return Listing<Stage>{{{"a", "A"}}};
    return Listing<Stage>{{{"a", "A"}, {"b", "B"}}};
  });

  EXPECT_EQ((*book.find("a"))->name, "A");
  EXPECT_EQ((*book.find("a"))->name, "A");
  EXPECT_EQ(asked, 1);
  EXPECT_EQ((*book.find("b"))->name, "B");
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(*book.find("c"), nullptr);
  EXPECT_EQ(*book.find("c"), nullptr);
  EXPECT_EQ(asked, 3);
}

TEST(LeverBook, ReadsAllPages) {
  Book<Stage> book([](const std::string& offset) -> Result<Listing<Stage>> {
    if (offset.empty()) return Listing<Stage>{{{"a", "A"}}, "t"};
    return Listing<Stage>{{{"b", "B"}}};
  });

  const auto all = book.all();

  ASSERT_THAT(all, IsOk());
  EXPECT_EQ((*all)->size(), 2U);
}

TEST(LeverBook, ARefusedLaterPageIsTheTokensFaultAndNotTheCalls) {
  Book<Stage> book([](const std::string& offset) -> Result<Listing<Stage>> {
    if (!offset.empty()) return Error{ErrorKind::Rejected, "no such offset"};
    return Listing<Stage>{{{"a", "A"}}, "t"};
  });

  EXPECT_THAT(book.all(), FailsWith(ErrorKind::Transient));
}

TEST(LeverBook, AListThatGoesRoundInCirclesIsAnError) {
  Book<Stage> book([](const std::string&) -> Result<Listing<Stage>> {
    return Listing<Stage>{{}, "t"};
  });

  EXPECT_THAT(book.all(), FailsWith(ErrorKind::Malformed));
}

TEST(LeverBook, AFailureIsNotKept) {
  bool down = true;
  Book<Stage> book([&](const std::string&) -> Result<Listing<Stage>> {
    if (down) return Error{ErrorKind::Transient, "down"};
    return Listing<Stage>{{{"a", "A"}}};
  });
  EXPECT_THAT(book.find("a"), FailsWith(ErrorKind::Transient));
  down = false;

  EXPECT_THAT(book.find("a"), IsOk());
}

}  // namespace
}  // namespace praxisync::lever
