#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using testing::Each;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

class QuotaInTheMiddle : public testing::TestWithParam<sandbox::BulkOverQuota> {};

TEST_P(QuotaInTheMiddle, StopsInviting_KeepsTheRestQueued_AndGoesOnNextMonth) {
  sandbox::Options options;
  options.invite_limit = 7;
  options.bulk_over_quota = GetParam();
  World world(options);
  world.options.bulk_size = 5;
  world.crowd(12);

  const sync::RunReport first = world.run();
  const sync::RunReport again = world.run();
  world.advance(std::chrono::days{31});
  const sync::RunReport later = world.run();

  EXPECT_EQ(first.counts.invited, 7);
  EXPECT_EQ(first.ending, sync::Ending::Quota);
  EXPECT_EQ(sync::exit_code(first.ending), 4);
  EXPECT_EQ(first.backlog.queued, 5);
  EXPECT_EQ(again.counts.invited, 0);
  EXPECT_EQ(later.counts.invited, 5);
  EXPECT_THAT(world.invitations(), Each(Pair(testing::_, 1)));
}

INSTANTIATE_TEST_SUITE_P(Table, QuotaInTheMiddle,
                         testing::Values(sandbox::BulkOverQuota::InvitesWhatFits,
                                         sandbox::BulkOverQuota::RefusesWhole),
                         [](const auto& row) {
                           return row.param == sandbox::BulkOverQuota::RefusesWhole
                                      ? "RefusesWhole"
                                      : "InvitesWhatFits";
                         });

TEST(Limits, AQuotaThatOthersUsedUpMeanwhileStopsTheRunInOrder) {
  sandbox::Options options;
  options.invite_limit = 6;
  World world(options);
  world.crowd(6);
  // What the list said a moment ago is no longer true when the batch arrives.
  world.assess.faults().add(
      {.kind = sandbox::Fault::Kind::Status,
       .method = http::Method::Post,
       .path = "bulk",
       .status = 403,
       .headers = {{"Content-Type", "application/json"}},
       .body =
           R"({"error":{"message":"Monthly invite quota exceeded.","code":"INVITE_QUOTA_EXCEEDED"}})"});

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.ending, sync::Ending::Quota);
  EXPECT_EQ(report.counts.invited, 0);
  EXPECT_EQ(report.backlog.queued, 6);
  EXPECT_EQ(world.run().counts.invited, 6);
}

class Throttle : public testing::TestWithParam<sandbox::RetryAfter> {};

TEST_P(Throttle, StopsInOrderAndTheNextRunGoesOn) {
  sandbox::Options options;
  options.writes_per_hour = 3;
  options.retry_after = GetParam();
  options.throttle_code = sandbox::ThrottleCode::Absent;
  World world(options);
  world.crowd(5, "Graduate Program");

  const sync::RunReport first = world.run();
  world.advance(std::chrono::minutes{61});
  const sync::RunReport second = world.run();

  EXPECT_EQ(first.ending, sync::Ending::Throttled);
  EXPECT_EQ(sync::exit_code(first.ending), 4);
  EXPECT_EQ(first.counts.enrolled, 3);
  EXPECT_TRUE(first.resume_at.has_value());
  EXPECT_EQ(second.counts.enrolled, 2);
  EXPECT_THAT(world.enrollments(), Each(Pair(testing::_, 1)));
  EXPECT_LE(world.assess.requests().throttled, 2) << "a limit is not hammered";
}

INSTANTIATE_TEST_SUITE_P(Table, Throttle,
                         testing::Values(sandbox::RetryAfter::Seconds, sandbox::RetryAfter::Absent),
                         [](const auto& row) {
                           return row.param == sandbox::RetryAfter::Seconds ? "WithRetryAfter"
                                                                            : "WithoutRetryAfter";
                         });

TEST(Limits, ThrottledWritesDoNotHoldUpResultsAndWriteBacks) {
  sandbox::Options options;
  options.writes_per_hour = 2;
  World world(options);
  world.person("ada", "Backend Engineer");
  world.run();
  world.advance(std::chrono::minutes{5});
  world.finishes("ada", "backend", 80);
  world.crowd(4, "Graduate Program");

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.ending, sync::Ending::Throttled);
  EXPECT_EQ(report.counts.written_back, 2);
}

TEST(Limits, AboveTheSafetyLimitNothingIsSentUntilItIsConfirmed) {
  World world;
  world.crowd(12);
  world.options.max_invites_per_run = 10;

  const sync::RunReport held = world.run();
  const auto invited_while_held = world.invitations();
  world.options.confirmed = 11;
  const sync::RunReport still_held = world.run();
  world.options.confirmed = 12;
  const sync::RunReport confirmed = world.run();

  EXPECT_EQ(held.ending, sync::Ending::Held);
  EXPECT_EQ(sync::exit_code(held.ending), 7);
  EXPECT_THAT(invited_while_held, IsEmpty());
  EXPECT_EQ(still_held.ending, sync::Ending::Held);
  EXPECT_EQ(confirmed.counts.invited, 12);
}

TEST(Limits, ADeadlineStopsInOrderAndTheNextRunGoesOn) {
  World world;
  world.crowd(6, "Graduate Program");
  world.assess.faults().add({.kind = sandbox::Fault::Kind::Delay,
                             .method = http::Method::Post,
                             .path = "enroll",
                             .times = 100,
                             .delay = std::chrono::seconds{20}});
  world.max_duration = std::chrono::seconds{50};

  const sync::RunReport first = world.run();
  world.max_duration.reset();
  const sync::RunReport second = world.run();

  EXPECT_EQ(first.ending, sync::Ending::Deadline);
  EXPECT_EQ(sync::exit_code(first.ending), 4);
  EXPECT_EQ(first.counts.enrolled, 3);
  EXPECT_EQ(second.counts.enrolled, 3);
}

TEST(Limits, ASignalStopsInOrder) {
  World world;
  world.crowd(6, "Graduate Program");
  world.signalled = true;

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.ending, sync::Ending::Signal);
  EXPECT_THAT(world.enrollments(), IsEmpty());
}

TEST(Limits, AStormOfServerErrorsEndsFastAndLosesNobody) {
  World world;
  world.crowd(5);
  world.assess.faults().add({.kind = sandbox::Fault::Kind::Status, .times = 1000, .status = 503});

  const sync::RunReport report = world.run();
  const std::size_t sent = world.transport.log().size();
  world.assess.faults().clear();
  const sync::RunReport healed = world.run();

  EXPECT_EQ(report.ending, sync::Ending::Failed);
  EXPECT_LT(sent, 20U);
  EXPECT_EQ(healed.counts.invited, 5);
}

}  // namespace
}  // namespace praxisync::testing_support
