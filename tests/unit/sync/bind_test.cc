// Whose database it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using sandbox::Endpoint;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

sandbox::Fault answers_for(const std::string& slug) {
  return {.kind = sandbox::Fault::Kind::Status,
          .path = "/org/",
          .times = 100,
          .status = 200,
          .headers = {{"Content-Type", "application/json"}},
          .body = R"({"name": "Globex", "plan": "growth", "slug": ")" + slug + "\"}"};
}

const sandbox::Fault kOrganisationDown{
    .kind = sandbox::Fault::Kind::Status, .path = "/org/", .times = 100, .status = 503};

TEST(Bind, AFirstSyncLearnsTheOrganisationWithTheQuota) {
  World world;
  world.crowd(1);

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.ending, sync::Ending::Done);
  EXPECT_EQ(world.assess.requests().of(Endpoint::GetOrganisation), 1);
  EXPECT_EQ(world.assess.requests().of(Endpoint::ListAssessments), 0) << "org/ has the quota";
  EXPECT_EQ(report.least.reads, world.assess.requests().reads);
  EXPECT_TRUE(report.quota.has_value());
}

TEST(Bind, TheSameKeyIsNotAskedFor) {
  World world;
  world.crowd(1);
  world.run();
  world.transport.clear_log();

  world.run();

  for (const auto& sent : world.transport.log()) EXPECT_THAT(sent.url, Not(HasSubstr("/org/")));
}

TEST(Bind, AnotherKeyOfTheSameOrganisationIsAskedForOnce) {
  World world;
  world.crowd(1);
  world.run();
  world.key = "ct_live_rotated";

  EXPECT_EQ(world.run().ending, sync::Ending::Done);
  EXPECT_EQ(world.run().ending, sync::Ending::Done);

  EXPECT_EQ(world.assess.requests().of(Endpoint::GetOrganisation), 2);
}

TEST(Bind, AnotherOrganisationIsRefusedBeforeAnythingIsPulledOrSent) {
  World world;
  world.crowd(1);
  world.run();
  world.crowd(2);
  world.key = "ct_live_of_globex";
  world.assess.faults().add(answers_for("globex"));
  const int pulls = world.ats.pulls;
  world.transport.clear_log();

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.ending, sync::Ending::OtherOrganisation);
  EXPECT_EQ(sync::exit_code(report.ending), 2);
  ASSERT_FALSE(report.problems.empty());
  EXPECT_THAT(report.problems[0].what,
              AllOf(HasSubstr("belongs to the organisation acme-corp, the API key to globex"),
                    HasSubstr("[state] path"), Not(HasSubstr("ct_live"))));
  EXPECT_EQ(world.ats.pulls, pulls);
  EXPECT_EQ(world.transport.log().size(), 1U) << "the one read that told";
  world.assess.faults().clear();
  world.key = kKey;
  EXPECT_EQ(world.run().counts.invited, 1);
}

TEST(Bind, ABoundDatabaseWaitsWhereAnotherKeysOrganisationCannotBeLearnt) {
  World world;
  world.crowd(1);
  world.run();
  world.crowd(2);
  world.key = "ct_live_rotated";
  world.assess.faults().add(kOrganisationDown);
  const int pulls = world.ats.pulls;

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.ending, sync::Ending::Failed);
  EXPECT_EQ(report.counts.invited, 0);
  EXPECT_EQ(world.ats.pulls, pulls);
}

TEST(Bind, ANewDatabaseIsPulledIntoButNobodyIsContactedBeforeItIsBound) {
  World world;
  world.crowd(2);
  world.assess.faults().add(kOrganisationDown);

  const sync::RunReport first = world.run();
  const auto contacted = world.invitations();
  world.assess.faults().clear();
  const sync::RunReport second = world.run();

  EXPECT_EQ(first.ending, sync::Ending::Failed);
  EXPECT_EQ(first.backlog.queued, 2);
  EXPECT_THAT(contacted, IsEmpty());
  EXPECT_EQ(second.counts.invited, 2);
}

}  // namespace
}  // namespace praxisync::testing_support
