// A run that ends in order with work left (exit code 4), and one that finds another at work (6).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using sandbox::Endpoint;
using sandbox::Fault;
using testing::_;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::Pair;
using testing::SizeIs;

constexpr Milliseconds kLong = std::chrono::minutes{1};

/// How long it takes, by a clock that nobody sets.
template <typename Body>
Milliseconds time_of(Body&& body) {
  const auto begin = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begin);
}

TEST(Stopping, EndsInOrderWhenTheMonthsQuotaIsUsedUp) {
  Workplace place({.invite_limit = 3});
  place.exports(crowd("ada", 5));

  const Ended first = place.run({"sync"});

  EXPECT_THAT(first, ExitsWith(4));
  EXPECT_THAT(first.out,
              AllOf(HasSubstr("quota: 0 of 3 invitations left"), HasSubstr("2 queued, 3 waiting")));
  EXPECT_THAT(place.invitations(), AllOf(SizeIs(3), Each(Pair(_, 1))));
  place.advance(std::chrono::days{32});
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  EXPECT_THAT(place.invitations(), AllOf(SizeIs(5), Each(Pair(_, 1))));
}

class HourlyLimit : public testing::TestWithParam<sandbox::RetryAfter> {};

TEST_P(HourlyLimit, EndsTheRunInOrderAndTheNextHourGoesOn) {
  Workplace place({.writes_per_hour = 3, .retry_after = GetParam()});
  place.exports(crowd("gus", 5, kGraduate));

  const Ended first = place.run({"sync"});

  EXPECT_THAT(first, ExitsWith(4));
  EXPECT_THAT(first.out, AllOf(HasSubstr("throttled"), HasSubstr("going on makes sense from"),
                               HasSubstr("2 queued, 3 waiting")));
  EXPECT_THAT(place.enrollments(), SizeIs(3));
  place.advance(std::chrono::minutes{61});
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  EXPECT_THAT(place.enrollments(), AllOf(SizeIs(5), Each(Pair(_, 1))));
}

INSTANTIATE_TEST_SUITE_P(Table, HourlyLimit,
                         testing::Values(sandbox::RetryAfter::Seconds,
                                         sandbox::RetryAfter::HttpDate,
                                         sandbox::RetryAfter::Absent),
                         [](const auto& row) {
                           return row.param == sandbox::RetryAfter::Seconds ? "WithSeconds"
                                  : row.param == sandbox::RetryAfter::HttpDate
                                      ? "WithADate"
                                      : "WithoutRetryAfter";
                         });

TEST(Stopping, WaitsForAShortRetryAfter) {
  Workplace place;
  place.exports(crowd("ada", 3));
  place.fault({.kind = Fault::Kind::Status,
               .method = http::Method::Post,
               .status = 429,
               .headers = {{"Retry-After", "1"}}});

  const Ended ended = place.run({"sync"});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.err, HasSubstr("to try again: HTTP 429"));
  EXPECT_THAT(place.invitations(), AllOf(SizeIs(3), Each(Pair(_, 1))));
}

TEST(Stopping, EndsAtTheDeadlineAndTheNextRunGoesOn) {
  Workplace place;
  place.exports(crowd("gus", 30, kGraduate));
  place.fault(
      {.kind = Fault::Kind::Delay, .path = "/enroll/", .times = 1000, .delay = Milliseconds{100}});

  const Ended first = place.run({"sync", "--max-duration", "1s"});

  EXPECT_THAT(first, ExitsWith(4));
  EXPECT_THAT(first.out, HasSubstr("deadline"));
  EXPECT_LT(place.enrollments().size(), 30U);
  place.server().between_requests(
      [](sandbox::AssessSandbox& sandbox) { sandbox.faults().clear(); });
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  EXPECT_THAT(place.enrollments(), AllOf(SizeIs(30), Each(Pair(_, 1))));
}

TEST(Stopping, SendsNothingAfterADeadlineThatHasPassed) {
  Workplace place;
  place.exports(crowd("ada", 3));

  EXPECT_THAT(place.run({"sync", "--max-duration", "1ms"}), ExitsWith(4));

  EXPECT_EQ(place.requests(), 0);
}

class OnSignal : public testing::TestWithParam<int> {};

TEST_P(OnSignal, EndsWithinSecondsAndNobodyIsEnrolledTwice) {
  constexpr int kPeople = 40;
  Workplace place;
  place.exports(crowd("gus", kPeople, kGraduate));
  place.fault({.kind = Fault::Kind::Delay, .path = "/enroll/", .skip = 9, .delay = kLong});

  Process sync(place.start({"sync"}));
  ASSERT_TRUE(eventually([&] { return place.calls(Endpoint::Enroll) >= 10; }));
  Ended first;
  const Milliseconds took = time_of([&] {
    sync.send_signal(GetParam());
    first = sync.wait();
  });

  EXPECT_THAT(first, ExitsWith(4));
  EXPECT_THAT(first.out, HasSubstr("signal"));
  EXPECT_LT(took, std::chrono::seconds{8});
  EXPECT_THAT(place.enrollments(), SizeIs(10));
  EXPECT_THAT(place.run({"status"}).out, HasSubstr("1 to settle"));
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  EXPECT_THAT(place.enrollments(), AllOf(SizeIs(kPeople), Each(Pair(_, 1))));
  EXPECT_THAT(
      place.run({"status"}).out,
      HasSubstr("0 queued, 40 waiting for candidates, 0 to write back, 0 blocked, 0 to settle"));
}

INSTANTIATE_TEST_SUITE_P(Table, OnSignal, testing::Values(SIGTERM, SIGINT), [](const auto& row) {
  return row.param == SIGTERM ? "Terminate" : "Interrupt";
});

TEST(Stopping, GivesUpAReadAtOnce) {
  Workplace place;
  place.exports(crowd("ada", 3));
  place.fault({.kind = Fault::Kind::Delay, .method = http::Method::Get, .delay = kLong});

  Process sync(place.start({"sync"}));
  ASSERT_TRUE(place.reaches(1));
  sync.send_signal(SIGTERM);

  EXPECT_THAT(sync.wait(std::chrono::seconds{5}), ExitsWith(4));
}

TEST(Lease, ASecondRunEndsAtOnceAndAsksForNothing) {
  Workplace place;
  place.exports(crowd("ada", 3));
  place.fault({.kind = Fault::Kind::Delay, .method = http::Method::Get, .delay = kLong});
  Process first(place.start({"sync"}));
  ASSERT_TRUE(place.reaches(1));

  Ended second;
  const Milliseconds took = time_of([&] { second = place.run({"sync"}); });

  EXPECT_THAT(second, ExitsWith(6));
  EXPECT_THAT(second.err, AllOf(HasSubstr("another run"), HasSubstr(std::to_string(first.id()))));
  EXPECT_LT(took, std::chrono::seconds{2});
  EXPECT_EQ(place.requests(), 1);
  EXPECT_THAT(place.run({"status"}), ExitsWith(0)) << "looking is allowed";
  first.send_signal(SIGTERM);
  EXPECT_THAT(first.wait(), ExitsWith(4));
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  EXPECT_THAT(place.invitations(), AllOf(SizeIs(3), Each(Pair(_, 1))));
}

TEST(Lease, OfAKilledRunIsTakenOver) {
  Workplace place;
  place.exports(crowd("ada", 3));
  place.fault({.kind = Fault::Kind::Delay, .method = http::Method::Get, .delay = kLong});
  Process first(place.start({"sync"}));
  ASSERT_TRUE(place.reaches(1));
  first.send_signal(SIGKILL);
  EXPECT_THAT(first.wait(), ExitsWith(128 + SIGKILL));

  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));

  EXPECT_THAT(place.invitations(), AllOf(SizeIs(3), Each(Pair(_, 1))));
  EXPECT_THAT(place.run({"runs"}).out, HasSubstr("killed"));
}

}  // namespace
}  // namespace praxisync::testing_support
