#include "domain/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "support/result_matchers.h"

namespace praxisync {
namespace {

using testing_support::FailsWith;
using testing_support::IsOk;

Result<int> half_of(int number) {
  if (number % 2 != 0) return Error{ErrorKind::Rejected, "odd"};
  return number / 2;
}

TEST(Result, HoldsAValue) {
  const Result<int> half = half_of(8);

  ASSERT_THAT(half, IsOk());
  EXPECT_TRUE(half);
  EXPECT_TRUE(half.has_value());
  EXPECT_EQ(*half, 4);
  EXPECT_EQ(half.value(), 4);
}

TEST(Result, HoldsAnError) {
  const Result<int> half = half_of(7);

  ASSERT_THAT(half, FailsWith(ErrorKind::Rejected));
  EXPECT_FALSE(half);
  EXPECT_EQ(half.error().what, "odd");
}

TEST(Result, GivesItsValueAway) {
  Result<std::unique_ptr<int>> made = std::make_unique<int>(3);

  const std::unique_ptr<int> taken = *std::move(made);

  EXPECT_EQ(*taken, 3);
}

TEST(Result, LetsItsValueBeChanged) {
  Result<std::string> text = std::string("fine");

  text->append("!");

  EXPECT_EQ(*text, "fine!");
}

TEST(ResultOfNothing, IsDoneUnlessItFailed) {
  const Result<void> done;
  const Result<void> failed = Error{ErrorKind::Fatal, "no disk"};

  EXPECT_TRUE(done);
  ASSERT_THAT(failed, FailsWith(ErrorKind::Fatal));
  EXPECT_EQ(failed.error().what, "no disk");
}

TEST(ErrorDuring, ReadsAsAPathWithTheCauseLast) {
  Error error{ErrorKind::Transient, "HTTP 503"};

  error = std::move(error).during("list applications").during("pull gh");

  EXPECT_EQ(error.what, "pull gh: list applications: HTTP 503");
  EXPECT_EQ(error.kind, ErrorKind::Transient);
}

TEST(ErrorDuring, KeepsWhenToTryAgain) {
  const Timestamp later{Milliseconds{5000}};
  const Error error = Error{ErrorKind::Throttled, "slow down", later}.during("send");

  EXPECT_EQ(error, (Error{ErrorKind::Throttled, "send: slow down", later}));
}

TEST(ErrorKindName, IsItsOwnForEachKind) {
  std::set<std::string_view> names;
  for (const ErrorKind kind :
       {ErrorKind::Transient, ErrorKind::Throttled, ErrorKind::OutcomeUnknown, ErrorKind::Rejected,
        ErrorKind::Exhausted, ErrorKind::Unauthorized, ErrorKind::Malformed, ErrorKind::Fatal}) {
    names.insert(to_string(kind));
  }

  EXPECT_EQ(names,
            (std::set<std::string_view>{"transient", "throttled", "outcome_unknown", "rejected",
                                        "exhausted", "unauthorized", "malformed", "fatal"}));
}

TEST(ResultDeathTest, ReadingTheValueOfAFailureEndsTheProcess) {
  const Result<int> failed = Error{ErrorKind::Rejected, "odd"};
  EXPECT_DEATH(static_cast<void>(*failed), "broken invariant");
}

TEST(ResultDeathTest, ReadingTheErrorOfASuccessEndsTheProcess) {
  const Result<int> fine = 1;
  EXPECT_DEATH(static_cast<void>(fine.error()), "broken invariant");
  const Result<void> done;
  EXPECT_DEATH(static_cast<void>(done.error()), "broken invariant");
}

TEST(CheckDeathTest, SaysWhereAndWhy) {
  PRAXISYNC_CHECK(1 + 1 == 2, "a condition that holds does nothing");
  EXPECT_DEATH(PRAXISYNC_CHECK(1 + 1 == 3, "arithmetic"),
               "result_test.cc:[0-9]+: broken invariant: 1 \\+ 1 == 3 \\(arithmetic\\)");
}

}  // namespace
}  // namespace praxisync
