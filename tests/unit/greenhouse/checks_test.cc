#include "unit/greenhouse/greenhouse_world.h"

namespace praxisync::greenhouse {
namespace {

using connector::Finding;
using sandbox::ats::FieldType;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing_support::FailsSaying;
using testing_support::IsOk;
using Level = Finding::Level;

class Checking : public testing_support::GreenhouseTest {
 protected:
  std::vector<Finding> check(std::vector<PolicyAction> planned = {}) {
    return start().check(planned);
  }
  static auto about(const std::string& what, Level level) {
    return AllOf(testing::Field("what", &Finding::what, HasSubstr(what)),
                 testing::Field("level", &Finding::level, level));
  }
};

const std::vector<PolicyAction> kEverything{{ActionKind::Note, "{score}"},
                                            {ActionKind::Tag, "passed"},
                                            {ActionKind::Field, "{score}", "Score"},
                                            {ActionKind::Link, ""},
                                            {ActionKind::Move, "Onsite"},
                                            {ActionKind::Reject, "No"}};

TEST_F(Checking, AnAccountThatMayDoAllIsFine) {
  world.add_field("Score", FieldType::Number);
  world.add_reason("No");

  EXPECT_THAT(check(kEverything), Each(testing::Field(&Finding::level, Level::Ok)));
}

TEST_F(Checking, NothingIsWritten) {
  check(kEverything);

  EXPECT_TRUE(world.effects().empty());
  for (const auto& sent : transport.log())
    EXPECT_TRUE(sent.method == http::Method::Get || sent.url.find("/v3/") == std::string::npos);
}

TEST_F(Checking, RefusedCredentialsEndTheCheck) {
  connector::Settings wrong = settings();
  wrong.set_secret("client_secret", ApiKey("wrong-secret"));
  auto made = spec().make(wrong, {.transport = transport, .clock = clock, .routed = routed});
  ASSERT_THAT(made, IsOk());

  EXPECT_THAT((*made)->check({}), ElementsAre(about("credentials", Level::Unauthorized)));
}

TEST_F(Checking, AScopeThatIsMissingIsNamedWithWhereToClick) {
  peer.granted.erase("harvest:candidates:list");

  EXPECT_THAT(check(),
              Contains(AllOf(about("harvest:candidates:list", Level::Failure),
                             testing::Field("remedy", &Finding::remedy, HasSubstr("Dev Center")))));
}

TEST_F(Checking, AScopeThatNothingNeedsIsNotAskedFor) {
  peer.granted.erase("harvest:applications:reject");

  EXPECT_THAT(check({{ActionKind::Note, "x"}}), Each(testing::Field(&Finding::level, Level::Ok)));
  EXPECT_THAT(check(kEverything), Contains(about("harvest:applications:reject", Level::Failure)));
}

TEST_F(Checking, WhoIsNoSiteAdminIsWarnedOf) {
  peer.user_role = "job_admin";

  EXPECT_THAT(check(), Contains(about("role", Level::Warning)));
}

TEST_F(Checking, WithoutIntrospectionReadsAreTriedAndWritesUnknown) {
  peer.introspects = false;
  peer.granted.erase("harvest:candidates:list");

  const auto findings = check({{ActionKind::Note, "x"}});

  EXPECT_THAT(findings, Contains(about("harvest:candidates:list", Level::Failure)));
  EXPECT_THAT(findings, Contains(about("harvest:jobs:list", Level::Ok)));
  EXPECT_THAT(findings, Contains(about("harvest:notes:create", Level::Warning)));
}

TEST_F(Checking, TheActingUsersTokenIsLookedAtForTheWrites) {
  given["acting_user"] = "112233";

  const auto findings = check({{ActionKind::Note, "x"}});

  EXPECT_THAT(findings, Contains(about("credentials of acting_user", Level::Ok)));
  EXPECT_THAT(findings, Contains(about("harvest:notes:create", Level::Ok)));
  EXPECT_EQ(asked("/introspect"), 2);
}

TEST_F(Checking, AFieldThatThereIsNotIsWarnedOf) {
  world.add_field("Assessment score", FieldType::Number);

  EXPECT_THAT(check({{ActionKind::Field, "{score}", "Assessment scor"}}),
              Contains(AllOf(about("field \"Assessment scor\"", Level::Warning),
                             testing::Field("detail", &Finding::detail,
                                            HasSubstr("did you mean \"Assessment score\"?")))));
}

TEST_F(Checking, AFieldOfTheCandidateNeedsAnotherScope) {
  world.add_field("Score", FieldType::Number, false);
  const std::vector<PolicyAction> planned{{ActionKind::Field, "{score}", "Score"}};
  peer.granted.erase("harvest:applications:update");
  EXPECT_THAT(check(planned), Each(testing::Field(&Finding::level, Level::Ok)));
  peer.granted.erase("harvest:candidates:update");

  EXPECT_THAT(check(planned), Contains(about("harvest:candidates:update", Level::Failure)));
}

TEST_F(Checking, AReasonThatThereIsNotIsAFailure) {
  world.add_reason("Failed the test");

  EXPECT_THAT(check({{ActionKind::Reject, "Failed"}}),
              Contains(about("rejection reason \"Failed\"", Level::Failure)));
  EXPECT_THAT(check({{ActionKind::Reject, "{verdict}"}}),
              Not(Contains(about("rejection reason", Level::Failure))));
}

TEST_F(Checking, AStageThatNoRoutedJobHasIsAFailure) {
  EXPECT_THAT(check({{ActionKind::Move, "Onsit"}}),
              Contains(AllOf(about("stage \"Onsit\"", Level::Failure),
                             testing::Field("detail", &Finding::detail, HasSubstr("\"Onsite\"")))));
}

TEST_F(Checking, OpeningsAreOpenJobsWithTheirStagesInOrder) {
  world.close_job(other_job);
  world.retire_stage(world.stage_id(job, "Offer"));

  const auto openings = ats().openings();

  ASSERT_THAT(openings, IsOk());
  EXPECT_EQ(openings->extent, connector::Openings::Extent::Whole);
  ASSERT_EQ(openings->all.size(), 1U);
  EXPECT_EQ(openings->all[0].job, (connector::Named{job, "Backend Engineer"}));
  std::vector<std::string> names;
  for (const auto& stage : openings->all[0].stages) names.push_back(stage.stage.name);
  EXPECT_THAT(names, ElementsAre("Application Review", "Technical Test", "Onsite"));
}

}  // namespace
}  // namespace praxisync::greenhouse
