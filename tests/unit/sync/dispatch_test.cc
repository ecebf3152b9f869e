#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using sandbox::Fault;
using testing::Each;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

TEST(Dispatch, SendsInBulk) {
  World world;
  world.crowd(25);
  world.options.bulk_size = 10;

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.invited, 25);
  EXPECT_EQ(world.assess.requests().of(sandbox::Endpoint::BulkInvite), 3);
  EXPECT_EQ(report.least.writes, 3);
}

TEST(Dispatch, SplitsABatchThatThePeerCallsTooLarge) {
  sandbox::Options options;
  options.bulk_limit = 4;
  options.bulk_limit_status = 413;
  World world(options);
  world.crowd(10);

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.invited, 10);
  EXPECT_THAT(world.invitations(), SizeIs(10));
}

TEST(Dispatch, OneBadRecordDoesNotHoldUpItsBatch) {
  sandbox::Options options;
  options.ill_formed_in_bulk = sandbox::IllFormedInBulk::RefusesBatch;
  World world(options);
  world.crowd(9);
  world.ats.find("p1004").email = "odd@nowhere";  // passes ours, fails the peer's check

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.invited, 8);
  EXPECT_EQ(report.counts.blocked, 1);
  EXPECT_EQ(report.ending, sync::Ending::Records);
  EXPECT_EQ(world.run().ending, sync::Ending::Done);
}

TEST(Dispatch, ASkippedErrorIsAskedForAlone) {
  World world;
  world.crowd(3);
  world.ats.find("p1001").email = "odd@nowhere";

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.invited, 2);
  EXPECT_EQ(report.counts.blocked, 1);
  ASSERT_THAT(report.problems, SizeIs(1));
  EXPECT_EQ(report.problems[0].what.find('@'), std::string::npos) << "no address in an error";
}

class BothSpellings : public testing::TestWithParam<sandbox::SkipSpelling> {};

TEST_P(BothSpellings, WhoWasInvitedByHandIsNotInvitedAgainButFollowed) {
  sandbox::Options options;
  options.skip_spelling = GetParam();
  World world(options);
  world.crowd(3);
  http::Request by_hand{.method = http::Method::Post,
                        .url = "https://praxicraft.com/api/v1/public/assessments/backend/invites/",
                        .headers = {{"Authorization", std::string("Bearer ") + kKey},
                                    {"Content-Type", "application/json"}},
                        .body = R"({"email":"p1001@example.com","send_email":true})"};
  ASSERT_EQ(world.assess.handle(by_hand).status, 201);

  const sync::RunReport first = world.run();
  world.advance(std::chrono::hours{1});
  world.finishes("p1001", "backend", 88);
  world.run();

  EXPECT_EQ(first.counts.invited, 2);
  EXPECT_EQ(first.counts.already_invited, 1);
  EXPECT_EQ(world.assess.emails_sent_to("p1001@example.com"), 1);
  EXPECT_THAT(world.outcomes(), testing::Contains("p1001|note|passed, 88 %"));
}

INSTANTIATE_TEST_SUITE_P(Table, BothSpellings,
                         testing::Values(sandbox::SkipSpelling::Underscore,
                                         sandbox::SkipSpelling::Space),
                         [](const auto& row) {
                           return row.param == sandbox::SkipSpelling::Underscore ? "Underscore"
                                                                                 : "Space";
                         });

TEST(Dispatch, WhoHadFinishedBeforeWeAskedIsWrittenBackFromTheDetail) {
  World world;
  http::Request by_hand{.method = http::Method::Post,
                        .url = "https://praxicraft.com/api/v1/public/assessments/backend/invites/",
                        .headers = {{"Authorization", std::string("Bearer ") + kKey},
                                    {"Content-Type", "application/json"}},
                        .body = R"({"email":"ada@example.com"})"};
  ASSERT_EQ(world.assess.handle(by_hand).status, 201);
  world.finishes("ada", "backend", 91);
  world.advance(std::chrono::days{20});
  world.person("ada", "Backend Engineer");

  world.run();
  world.run();

  EXPECT_THAT(world.outcomes(), testing::Contains("ada|note|passed, 91 %"));
}

TEST(Dispatch, AnEnrollmentWhoseAnswerIsLostIsLookedForNotRepeated) {
  World world;
  world.person("dee", "Graduate Program");
  world.person("gus", "Graduate Program");
  world.assess.faults().add(
      {.kind = Fault::Kind::DropAfterApplying, .method = http::Method::Post, .path = "enroll"});

  const sync::RunReport first = world.run();
  ASSERT_TRUE(world.run_to_the_end());

  EXPECT_EQ(first.ending, sync::Ending::Failed);
  EXPECT_EQ(first.backlog.unsettled, 1);
  EXPECT_THAT(world.enrollments(), SizeIs(2));
  EXPECT_THAT(world.enrollments(), Each(Pair(testing::_, 1)));
  EXPECT_THAT(world.outcomes(), SizeIs(4));
}

TEST(Dispatch, AnEnrollmentThatNeverArrivedGoesAgainOnceItsAnswerCanHaveSettled) {
  World world;
  world.person("dee", "Graduate Program");
  // A connection that ends without a byte: nobody knows whether it took effect.
  world.assess.faults().add(
      {.kind = Fault::Kind::DropBefore, .method = http::Method::Post, .path = "enroll"});

  world.run();
  const sync::RunReport early = world.run();
  const auto enrolled_early = world.enrollments();
  world.advance(std::chrono::minutes{11});
  const sync::RunReport late = world.run();

  EXPECT_EQ(early.ending, sync::Ending::Unsettled);
  EXPECT_EQ(sync::exit_code(early.ending), 4);
  EXPECT_THAT(enrolled_early, IsEmpty());
  EXPECT_EQ(late.counts.enrolled, 1);
  EXPECT_THAT(world.enrollments(), Each(Pair(testing::_, 1)));
}

TEST(Dispatch, AnAnswerLostWhileTheClockWasMonthsAheadIsNotWaitedForAsLong) {
  constexpr std::chrono::days kAhead{90};
  World world;
  world.person("dee", "Graduate Program");
  world.assess.faults().add(
      {.kind = Fault::Kind::DropBefore, .method = http::Method::Post, .path = "enroll"});
  world.clock.set_wall(kAhead);
  world.run();
  world.clock.set_wall(-kAhead);

  const sync::RunReport early = world.run();
  world.advance(std::chrono::minutes{11});
  world.run();

  EXPECT_EQ(early.ending, sync::Ending::Unsettled);
  EXPECT_THAT(world.enrollments(), SizeIs(1));
  EXPECT_THAT(world.enrollments(), Each(Pair(testing::_, 1)));
}

TEST(Dispatch, ABulkAnswerThatIsLostInvitesNobodyTwice) {
  World world;
  world.crowd(5);
  world.assess.faults().add({.kind = Fault::Kind::DropAfterApplying,
                             .method = http::Method::Post,
                             .path = "bulk",
                             .times = 4});

  world.run();
  ASSERT_TRUE(world.run_to_the_end());

  EXPECT_THAT(world.invitations(), Each(Pair(testing::_, 1)));
  EXPECT_EQ(world.assess.emails_sent_to("p1000@example.com"), 1);
  EXPECT_THAT(world.outcomes(), SizeIs(10));
}

TEST(Dispatch, ALostBulkCallIsLookedForInTheListWhereThatIsCheaper) {
  World world;
  world.crowd(5);
  world.assess.faults().add({.kind = Fault::Kind::DropAfterApplying,
                             .method = http::Method::Post,
                             .path = "bulk",
                             .times = 4});
  world.run();

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.invited, 5);
  EXPECT_EQ(world.requests, (http::RequestCounts{.reads = 1, .writes = 0}));
  ASSERT_THAT(report.decisions, SizeIs(1));
  EXPECT_EQ(report.decisions[0].why,
            "by the list of invitations: 1 read and 1 write; "
            "by sending again would be 1 read and 1 write");
}

TEST(Dispatch, WhomTheListDoesNotShowAfterALostCallIsSentToAgain) {
  World world;
  world.crowd(5);
  world.assess.faults().add(
      {.kind = Fault::Kind::DropBefore, .method = http::Method::Post, .path = "bulk", .times = 4});
  world.run();

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.invited, 5);
  EXPECT_THAT(world.invitations(), SizeIs(5));
}

TEST(Dispatch, AListThatCannotBeReadHoldsUpNobodyWhoMayBeSentToAgain) {
  World world;
  world.crowd(5);
  world.assess.faults().add(
      {.kind = Fault::Kind::DropBefore, .method = http::Method::Post, .path = "bulk", .times = 4});
  world.run();
  world.assess.faults().add({.kind = Fault::Kind::Status,
                             .method = http::Method::Get,
                             .path = "/invites/",
                             .times = 8,
                             .status = 500});

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.invited, 5);
  EXPECT_EQ(report.ending, sync::Ending::Failed);
}

TEST(Dispatch, AnAddressThatChangesWhileTheAnswerIsOpenIsNotInvitedAsWell) {
  World world;
  world.crowd(1);
  world.assess.faults().add({.kind = Fault::Kind::DropAfterApplying,
                             .method = http::Method::Post,
                             .path = "bulk",
                             .times = 4});
  world.run();
  world.ats.find("p1000").email = "new@example.com";

  world.run();

  EXPECT_THAT(world.invitations(), testing::ElementsAre(Pair("p1000@example.com|backend", 1)));
}

TEST(Dispatch, AnArchivedAssessmentBlocksItsQueueUntilItIsActiveAgain) {
  World world;
  world.crowd(2);
  world.assess.set_assessment_status("backend", sandbox::AssessmentStatus::Archived);

  const sync::RunReport blocked = world.run();
  const sync::RunReport still = world.run();
  world.assess.set_assessment_status("backend", sandbox::AssessmentStatus::Active);
  const sync::RunReport mended = world.run();

  EXPECT_EQ(blocked.counts.blocked, 2);
  EXPECT_EQ(blocked.ending, sync::Ending::Records);
  EXPECT_EQ(still.ending, sync::Ending::Done);
  EXPECT_EQ(mended.counts.invited, 2);
}

TEST(Dispatch, AnAssessmentThatDoesNotExistBlocksOnlyItsOwnQueue) {
  World world;
  world.routes[0].target.slug = "no-such";
  world.crowd(2);
  world.person("cyd", "Data Analyst");

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.blocked, 2);
  EXPECT_EQ(report.counts.invited, 1);
}

TEST(Dispatch, ARefusedKeyStopsTheRunAndLosesNobody) {
  sandbox::Options options;
  options.keys = {{"ct_live_another", sandbox::all_scopes()}};
  World world(options);
  world.crowd(2);

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.ending, sync::Ending::Unauthorized);
  EXPECT_EQ(sync::exit_code(report.ending), 5);
  EXPECT_EQ(report.backlog.queued, 2);
}

TEST(Dispatch, NothingIsSentToTheHostThatNextNames) {
  sandbox::Options options;
  options.next_host = "https://evil.example";
  World world(options);
  world.crowd(130);
  ASSERT_TRUE(world.run_to_the_end());

  for (const sandbox::SandboxTransport::Sent& sent : world.transport.log()) {
    EXPECT_TRUE(sent.ours) << sent.url;
  }
  EXPECT_THAT(world.outcomes(), SizeIs(260));
}

}  // namespace
}  // namespace praxisync::testing_support
