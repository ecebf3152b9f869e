#include "unit/ashby/ashby_account.h"

namespace praxisync::ashby {
namespace {

using connector::Finding;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Level = Finding::Level;

class AshbyChecks : public AshbyAccount {
 protected:
  const Finding* find(const std::string& what) {
    for (const Finding& finding : findings_) {
      if (finding.what == what) return &finding;
    }
    return nullptr;
  }
  void check(const std::vector<PolicyAction>& planned) { findings_ = ats_->check(planned); }
  void expect(const std::string& what, Level level) {
    const Finding* found = find(what);
    ASSERT_NE(found, nullptr) << what;
    EXPECT_EQ(found->level, level) << what << ": " << found->detail;
    EXPECT_EQ(found->remedy.empty(), level == Level::Ok) << what;
  }
  std::vector<PolicyAction> all_{{ActionKind::Note, "hello"},
                                 {ActionKind::Tag, "passed"},
                                 {ActionKind::Field, "{score}", "Score"},
                                 {ActionKind::Reject, "Too junior"}};
  std::vector<Finding> findings_;
};

TEST_F(AshbyChecks, AllIsWellWithAKeyThatMayDoAll) {
  world_.add_field("Score", sandbox::ats::FieldType::Number);

  check(all_);

  for (const Finding& finding : findings_) EXPECT_EQ(finding.level, Level::Ok) << finding.what;
  EXPECT_NE(find("permission hiringProcessMetadataWrite"), nullptr);
  EXPECT_TRUE(world_.effects().empty());
}

TEST_F(AshbyChecks, OnlyWhatIsPlannedIsAskedFor) {
  peer_.scopes = {"apiKeys:read", "candidates:read", "jobs:read", "interviews:read"};

  check({});

  for (const Finding& finding : findings_) EXPECT_EQ(finding.level, Level::Ok) << finding.what;
  EXPECT_EQ(find("permission candidatesWrite"), nullptr);
}

TEST_F(AshbyChecks, EachMissingPermissionIsNamedWithWhereToClick) {
  peer_.scopes = {"apiKeys:read"};

  check(all_);

  for (const char* permission : {"candidatesRead", "candidatesWrite", "jobsRead", "interviewsRead",
                                 "hiringProcessMetadataRead", "hiringProcessMetadataWrite"}) {
    expect(std::string("permission ") + permission, Level::Unauthorized);
    EXPECT_THAT(find(std::string("permission ") + permission)->remedy, HasSubstr("API Keys"));
  }
}

TEST_F(AshbyChecks, WhatTheKeyMayDoBesidesIsAWarning) {
  peer_.scopes.insert("offers:read");

  check({});

  expect("further permissions", Level::Warning);
  EXPECT_THAT(find("further permissions")->detail, HasSubstr("offers:read"));
}

TEST_F(AshbyChecks, WithoutApiKeysReadReadsAreTriedAndWritesAreNot) {
  peer_.scopes = {"candidates:read", "candidates:write", "interviews:read"};

  check({{ActionKind::Reject, "Too junior"}});

  expect("API key", Level::Ok);
  expect("permission candidatesRead", Level::Ok);
  expect("permission jobsRead", Level::Unauthorized);
  expect("permission hiringProcessMetadataRead", Level::Unauthorized);
  expect("permission candidatesWrite", Level::Warning);
  EXPECT_TRUE(world_.effects().empty());
}

TEST_F(AshbyChecks, AWrongKeyEndsTheCheck) {
  connect("100", "some-other-key");

  check(all_);

  ASSERT_THAT(findings_, SizeIs(1));
  expect("API key", Level::Unauthorized);
}

TEST_F(AshbyChecks, AFieldThatThereIsNotIsAWarningForATagIsWritten) {
  world_.add_field("Score", sandbox::ats::FieldType::Number);

  check({{ActionKind::Field, "1", "Scor"}});

  expect("custom field \"Scor\"", Level::Warning);
  EXPECT_THAT(find("custom field \"Scor\"")->detail, HasSubstr("did you mean \"Score\""));
}

TEST_F(AshbyChecks, AReasonThatThereIsNotIsAFailure) {
  check({{ActionKind::Reject, "To junior"}, {ActionKind::Reject, "{verdict}"}});

  expect("archive reason \"To junior\"", Level::Failure);
  EXPECT_THAT(find("archive reason \"To junior\"")->detail,
              HasSubstr("did you mean \"Too junior\""));
  EXPECT_EQ(find("archive reason \"{verdict}\""), nullptr);
}

TEST_F(AshbyChecks, AVersionThatIsOnItsWayOutIsAWarning) {
  peer_.version_status = "deprecated";

  check({});

  expect("API version", Level::Warning);
}

TEST_F(AshbyChecks, OpeningsAreTheOpenJobsWithTheStagesOfTheirPlans) {
  world_.add_job("Draft", plan_, sandbox::ats::JobStatus::Draft);
  world_.close_job(world_.add_job("Closed", plan_));

  const auto openings = ats_->openings();

  ASSERT_THAT(openings, IsOk());
  ASSERT_THAT(openings->all, SizeIs(1));
  EXPECT_EQ(openings->extent, connector::Openings::Extent::Whole);
  EXPECT_EQ(openings->all[0].job, (connector::Named{job_, "Engineer"}));
  std::vector<std::string> stages;
  for (const auto& one : openings->all[0].stages) stages.push_back(one.stage.name);
  EXPECT_THAT(stages, ElementsAre("Review", "Test", "Onsite", "Offer"));
}

TEST_F(AshbyChecks, OpeningsNeedThePermissions) {
  peer_.scopes.erase("jobs:read");

  EXPECT_THAT(ats_->openings(), FailsSaying("jobsRead"));
}

}  // namespace
}  // namespace praxisync::ashby
