#include "unit/ashby/ashby_account.h"

namespace praxisync::ashby {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class AshbyMoves : public AshbyAccount {
 protected:
  WriteBack move(std::string to = "Onsite") { return action(ActionKind::Move, id_, std::move(to)); }
  WriteBack reject(std::string reason = "Too junior") {
    return action(ActionKind::Reject, id_, std::move(reason));
  }
  void expect_left_alone(const WriteBack& what, const std::string& remark) {
    const auto written = ats_->write(what);
    ASSERT_THAT(written, IsOk());
    EXPECT_EQ(written->how, Written::How::LeftAlone);
    EXPECT_THAT(written->remark, HasSubstr(remark));
  }
  void expect_no_effect() {
    EXPECT_THAT(effects(Effect::Kind::Move), IsEmpty());
    EXPECT_THAT(effects(Effect::Kind::Reject), IsEmpty());
  }
  std::string stage_now() { return world_.stage(world_.application(id_)->stage)->name; }
  std::string id_ = applicant();
};

TEST_F(AshbyMoves, OutOfTheExpectedStageIntoTheOneThatIsNamed) {
  EXPECT_FALSE(*ats_->landed(move()));

  const auto written = ats_->write(move());

  ASSERT_THAT(written, IsOk());
  EXPECT_EQ(written->how, Written::How::Done);
  EXPECT_EQ(stage_now(), "Onsite");
  EXPECT_TRUE(*ats_->landed(move()));
}

TEST_F(AshbyMoves, TheStageMayBeNamedByItsId) {
  ASSERT_THAT(ats_->write(move(stage("Onsite"))), IsOk());

  EXPECT_EQ(stage_now(), "Onsite");
}

TEST_F(AshbyMoves, WhoStandsThereAlreadyIsNotMovedAgain) {
  world_.move(id_, stage("Onsite"));

  const auto written = ats_->write(move());

  ASSERT_THAT(written, IsOk());
  EXPECT_EQ(written->how, Written::How::Done);
  expect_no_effect();
}

TEST_F(AshbyMoves, WhomARecruiterMovedIsLeftAlone) {
  world_.move(id_, stage("Offer"));

  expect_left_alone(move(), "\"Offer\"");
  expect_left_alone(reject(), "\"Offer\"");
  expect_no_effect();
}

TEST_F(AshbyMoves, WhoIsArchivedOrHiredIsLeftAlone) {
  world_.hire(id_);
  expect_left_alone(move(), "\"Hired\"");
  expect_left_alone(reject(), "\"Hired\"");

  id_ = applicant("Bob");
  world_.reject(id_, reason_);
  expect_left_alone(move(), "\"Archived\"");
  expect_no_effect();
}

TEST_F(AshbyMoves, WithoutAnIdTheStagesNameIsExpected) {
  WriteBack by_name = move();
  by_name.expected_stage_id.clear();
  by_name.expected_stage = "Review";
  expect_left_alone(by_name, "\"Test\"");
  by_name.expected_stage = "test";

  ASSERT_THAT(ats_->write(by_name), IsOk());

  EXPECT_EQ(stage_now(), "Onsite");
}

TEST_F(AshbyMoves, ARenamedStageIsStillTheExpectedOne) {
  world_.rename_stage(stage("Test"), "Challenge");
  WriteBack expected = move();
  expected.expected_stage = "Test";
  expected.expected_stage_id = world_.application(id_)->stage;

  ASSERT_THAT(ats_->write(expected), IsOk());

  EXPECT_EQ(stage_now(), "Onsite");
}

TEST_F(AshbyMoves, AStageThatThePlanLacksIsRejectedWithTheList) {
  const auto written = ats_->write(move("Onsit"));

  EXPECT_THAT(written, FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(written, FailsSaying("did you mean \"Onsite\""));
  EXPECT_THAT(written, FailsSaying("\"Review\", \"Test\", \"Onsite\", \"Offer\""));
}

TEST_F(AshbyMoves, TheArchiveIsNoStageToMoveTo) {
  EXPECT_THAT(ats_->write(move("Archived")), FailsWith(ErrorKind::Rejected));
  expect_no_effect();
}

TEST_F(AshbyMoves, TheStageIsOneOfTheApplicationsOwnPlan) {
  const std::string other = world_.add_plan("Other", {"Test", "Onsite", "Archived"});
  const std::string job = world_.add_job("Designer", other);
  ASSERT_THAT(ats_->write(move()), IsOk());
  id_ = world_.apply(person("Bob"), job, "Test");
  WriteBack expected = move();
  expected.expected_stage_id = world_.stage_id(job, "Test");

  ASSERT_THAT(ats_->write(expected), IsOk());

  EXPECT_EQ(world_.application(id_)->stage, world_.stage_id(job, "Onsite"));
}

TEST_F(AshbyMoves, AStageThatIsRefusedIsLookedUpAgainNextTime) {
  ASSERT_THAT(ats_->write(move()), IsOk());
  id_ = applicant("Bob");
  world_.retire_stage(stage("Onsite"));

  EXPECT_THAT(ats_->write(move()), FailsSaying("interview_stage_not_found"));
  EXPECT_THAT(ats_->write(move()), FailsSaying("there is no stage \"Onsite\""));
}

TEST_F(AshbyMoves, ARejectionArchivesWithTheReason) {
  EXPECT_FALSE(*ats_->landed(reject()));

  ASSERT_THAT(ats_->write(reject("too junior")), IsOk());

  EXPECT_EQ(world_.application(id_)->status, sandbox::ats::ApplicationStatus::Rejected);
  EXPECT_EQ(world_.application(id_)->reason, reason_);
  EXPECT_EQ(stage_now(), "Archived");
  EXPECT_TRUE(*ats_->landed(reject()));
}

TEST_F(AshbyMoves, TheReasonMayBeNamedByItsId) {
  ASSERT_THAT(ats_->write(reject(reason_)), IsOk());

  EXPECT_EQ(world_.application(id_)->reason, reason_);
}

TEST_F(AshbyMoves, WhoIsArchivedAlreadyIsDone) {
  const std::string other = world_.add_reason("Withdrew");
  world_.reject(id_, other);

  const auto written = ats_->write(reject());

  ASSERT_THAT(written, IsOk());
  EXPECT_EQ(written->how, Written::How::Done);
  EXPECT_EQ(world_.application(id_)->reason, other);
  expect_no_effect();
}

TEST_F(AshbyMoves, AReasonThatThereIsNotIsRejectedWithTheList) {
  world_.add_reason("Hired", true);

  const auto written = ats_->write(reject("Hired"));

  EXPECT_THAT(written, FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(written, FailsSaying("there are: \"Too junior\""));
  expect_no_effect();
}

TEST_F(AshbyMoves, APlanWithoutAnArchiveCannotReject) {
  const std::string bare = world_.add_plan("Bare", {"Test", "Onsite"});
  const std::string job = world_.add_job("Designer", bare);
  id_ = world_.apply(person("Bob"), job, "Test");
  WriteBack expected = reject();
  expected.expected_stage_id = world_.stage_id(job, "Test");

  EXPECT_THAT(ats_->write(expected), FailsSaying("no stage of type Archived"));
}

TEST_F(AshbyMoves, LostAnswersAreSettledByLooking) {
  peer_.faults().add({.kind = Fault::Kind::DropAfterApplying, .path = "changeStage"});
  EXPECT_THAT(ats_->write(move()), FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_TRUE(*ats_->landed(move()));

  id_ = applicant("Bob");
  peer_.faults().add({.kind = Fault::Kind::DropAfterApplying, .path = "changeStage"});
  EXPECT_THAT(ats_->write(reject()), FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_TRUE(*ats_->landed(reject()));
  EXPECT_THAT(effects(Effect::Kind::Move), SizeIs(1));
  EXPECT_THAT(effects(Effect::Kind::Reject), SizeIs(1));
}

TEST_F(AshbyMoves, AnApplicationThatIsGoneIsLeftAlone) {
  const WriteBack moved = move(), rejected = reject();
  world_.remove_application(id_);

  expect_left_alone(moved, "the application is gone from the ATS");
  expect_left_alone(rejected, "the application is gone from the ATS");
  EXPECT_FALSE(*ats_->landed(moved));
  EXPECT_FALSE(*ats_->landed(rejected));
}

TEST_F(AshbyMoves, AnApplicationThatGoesWhileItIsMovedIsLeftAlone) {
  peer_.faults().add({.kind = Fault::Kind::Status,
                      .path = "changeStage",
                      .status = 200,
                      .body = R"({"success":false,"errors":["application_not_found"]})"});

  expect_left_alone(move(), "gone");
}

TEST_F(AshbyMoves, AMissingPermissionIsNamed) {
  peer_.scopes.erase("interviews:read");
  EXPECT_THAT(ats_->write(move()), FailsSaying("interviewsRead"));
  peer_.scopes.erase("hiringProcessMetadata:read");
  EXPECT_THAT(ats_->write(reject()), FailsSaying("hiringProcessMetadataRead"));
}

}  // namespace
}  // namespace praxisync::ashby
