#include "unit/lever/lever_world.h"

namespace praxisync::lever {
namespace {

using sandbox::ats::Effect;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class LeverWrite : public LeverTest {
 protected:
  LeverWrite() { ada = apply("ada", backend, "Technical Test"); }

  Result<Written> write(ActionKind kind, const std::string& value) {
    return make()->write(action(ada, kind, value));
  }
  Result<bool> landed(ActionKind kind, const std::string& value) {
    return make()->landed(action(ada, kind, value));
  }
  void expect_left_alone(const Result<Written>& written, const std::string& remark) {
    ASSERT_THAT(written, IsOk());
    EXPECT_EQ(written->how, Written::How::LeftAlone);
    EXPECT_THAT(written->remark, HasSubstr(remark));
    EXPECT_THAT(world.effects(), IsEmpty());
  }
  void expect_done(const Result<Written>& written) {
    ASSERT_THAT(written, IsOk());
    EXPECT_EQ(written->how, Written::How::Done);
  }

  std::string ada;
};

TEST_F(LeverWrite, ANoteHasItsMarkerAndItsAuthor) {
  expect_done(write(ActionKind::Note, "Score: 82\nhttps://x.example/r"));

  ASSERT_EQ(world.notes().size(), 1U);
  EXPECT_EQ(world.notes()[0].text, "Score: 82\nhttps://x.example/r\n[px:abcdefghijkl]");
  EXPECT_EQ(world.notes()[0].application, ada);
  EXPECT_EQ(world.notes()[0].author, sandbox::ats::kLeverUser);
}

TEST_F(LeverWrite, ANoteNotifiesNobodyByName) {
  expect_done(write(ActionKind::Note, "Thanks @bob"));

  EXPECT_THAT(world.notes()[0].text, Not(HasSubstr("@bob")));
}

TEST_F(LeverWrite, WithoutPerformAsThereIsNoAuthor) {
  settings.set("perform_as", "");

  expect_done(write(ActionKind::Note, "Score: 82"));

  EXPECT_EQ(world.notes()[0].author, "");
  EXPECT_EQ(requests("perform_as"), 0);
}

TEST_F(LeverWrite, APerformAsThatIsNobodyIsRefused) {
  settings.set("perform_as", "somebody");

  EXPECT_THAT(write(ActionKind::Note, "Score: 82"), FailsSaying("perform_as"));
  EXPECT_THAT(world.effects(), IsEmpty());
}

TEST_F(LeverWrite, ANoteIsFoundByItsMarkerOnAnyPage) {
  settings.set("page_size", "2");
  EXPECT_FALSE(*landed(ActionKind::Note, "Score: 82"));
  for (int i = 0; i < 5; ++i) world.write_note({.application = ada, .text = "hello"});
  EXPECT_FALSE(*landed(ActionKind::Note, "Score: 82"));

  expect_done(write(ActionKind::Note, "Score: 82"));

  EXPECT_TRUE(*landed(ActionKind::Note, "Score: 82"));
}

TEST_F(LeverWrite, NotesThatCannotAllBeReadAreNoProof) {
  settings.set("page_size", "2");
  for (int i = 0; i < 5; ++i) world.write_note({.application = ada, .text = "hello"});
  peer.faults().add({.kind = Fault::Kind::Status, .path = "offset=", .times = 9, .status = 500});

  EXPECT_THAT(landed(ActionKind::Note, "Score: 82"), FailsWith(ErrorKind::Transient));
}

TEST_F(LeverWrite, ATagIsAdded) {
  EXPECT_FALSE(*landed(ActionKind::Tag, "assessment-passed"));

  expect_done(write(ActionKind::Tag, "assessment-passed"));

  EXPECT_THAT(world.application(ada)->tags, ElementsAre("assessment-passed"));
  EXPECT_TRUE(*landed(ActionKind::Tag, "assessment-passed"));
  EXPECT_FALSE(*landed(ActionKind::Tag, "Assessment-Passed")) << "another tag to Lever";
}

TEST_F(LeverWrite, AFieldBecomesATagAndItIsSaid) {
  WriteBack field = action(ada, ActionKind::Field, "82");
  field.field = "Score";

  const auto written = make()->write(field);

  expect_done(written);
  EXPECT_THAT(written->remark, HasSubstr("as a tag"));
  EXPECT_THAT(world.application(ada)->tags, ElementsAre("Score: 82"));
  EXPECT_TRUE(*make()->landed(field));
}

TEST_F(LeverWrite, ALinkGoesToThePerson) {
  EXPECT_FALSE(*landed(ActionKind::Link, "https://x.example/r"));

  expect_done(write(ActionKind::Link, "https://x.example/r"));

  EXPECT_THAT(world.person(world.application(ada)->person)->links,
              ElementsAre("https://x.example/r"));
  EXPECT_TRUE(*landed(ActionKind::Link, "https://x.example/r"));
}

TEST_F(LeverWrite, AMoveGoesOutOfTheExpectedStage) {
  EXPECT_FALSE(*landed(ActionKind::Move, "onsite"));

  expect_done(write(ActionKind::Move, "onsite"));

  EXPECT_EQ(world.application(ada)->stage, world.stage_id(backend, "Onsite"));
  EXPECT_TRUE(*landed(ActionKind::Move, "Onsite"));
}

TEST_F(LeverWrite, AMoveNamesTheStageByItsIdToo) {
  expect_done(write(ActionKind::Move, "offer"));

  EXPECT_EQ(world.application(ada)->stage, "offer");
}

TEST_F(LeverWrite, WhoeverIsThereAlreadyIsNotMovedAgain) {
  move(ada, "Onsite");

  expect_done(write(ActionKind::Move, "Onsite"));

  EXPECT_THAT(world.effects(), IsEmpty());
}

TEST_F(LeverWrite, WhomARecruiterMovedIsLeftAlone) {
  move(ada, "Offer");

  expect_left_alone(write(ActionKind::Move, "Onsite"), "it is in the stage \"Offer\"");
  expect_left_alone(write(ActionKind::Reject, "Timing"), "no longer in \"Technical Test\"");
}

TEST_F(LeverWrite, WithoutAnIdTheNameOfTheStageIsExpected) {
  WriteBack moved = action(ada, ActionKind::Move, "Onsite");
  moved.expected_stage_id.clear();
  moved.expected_stage = "technical test";
  expect_done(make()->write(moved));

  moved.value = "Offer";
  const auto again = make()->write(moved);

  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->how, Written::How::LeftAlone);
}

TEST_F(LeverWrite, WhoeverIsArchivedIsNotMoved) {
  world.reject(ada, world.reasons()[0].id);
  expect_left_alone(write(ActionKind::Move, "Onsite"), "archived");
}

TEST_F(LeverWrite, WhoeverIsHiredIsNotMovedOrRejected) {
  world.hire(ada);
  expect_left_alone(write(ActionKind::Move, "Onsite"), "archived");
  expect_left_alone(write(ActionKind::Reject, "Timing"), "hired");
}

TEST_F(LeverWrite, AnAnonymisedPersonIsLeftAlone) {
  world.anonymise(world.application(ada)->person);
  expect_left_alone(write(ActionKind::Move, "Onsite"), "anonymised");
}

TEST_F(LeverWrite, AStageThatIsNotThereIsRefusedWithTheList) {
  EXPECT_THAT(write(ActionKind::Move, "Onsiet"), FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(write(ActionKind::Move, "Onsiet"), FailsSaying("did you mean \"Onsite\""));
}

TEST_F(LeverWrite, AStageThatWentMeanwhileIsRefused) {
  const auto connector = make();
  ASSERT_THAT(connector->openings(), IsOk());
  world.retire_stage(world.stage_id(backend, "Onsite"));

  EXPECT_THAT(connector->write(action(ada, ActionKind::Move, "Onsite")),
              FailsSaying("the stage is gone"));
}

TEST_F(LeverWrite, ARejectionNamesItsReason) {
  EXPECT_FALSE(*landed(ActionKind::Reject, "Timing"));

  expect_done(write(ActionKind::Reject, "timing"));

  EXPECT_EQ(world.application(ada)->status, sandbox::ats::ApplicationStatus::Rejected);
  EXPECT_EQ(world.application(ada)->reason, world.reasons()[0].id);
  EXPECT_TRUE(*landed(ActionKind::Reject, "Timing"));
  EXPECT_FALSE(*landed(ActionKind::Reject, "Withdrew"));
}

TEST_F(LeverWrite, WhoeverIsRejectedAlreadyStaysAsTheyAre) {
  world.reject(ada, world.reasons()[1].id);

  expect_done(write(ActionKind::Reject, "Timing"));

  EXPECT_EQ(world.application(ada)->reason, world.reasons()[1].id);
  EXPECT_THAT(world.effects(), IsEmpty());
}

TEST_F(LeverWrite, NobodyIsHiredByARejection) {
  EXPECT_THAT(write(ActionKind::Reject, "Hired"), FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(write(ActionKind::Reject, "Hired"), FailsSaying("for hiring"));
  EXPECT_THAT(write(ActionKind::Reject, "Timming"), FailsSaying("did you mean \"Timing\""));
}

TEST_F(LeverWrite, WhatIsGoneIsLeftAlone) {
  world.remove_application(ada);
  for (const ActionKind kind : {ActionKind::Note, ActionKind::Tag, ActionKind::Link}) {
    EXPECT_FALSE(*landed(kind, "x"));
    expect_left_alone(write(kind, "x"), "gone");
  }
  expect_left_alone(write(ActionKind::Move, "Onsite"), "gone");
  expect_left_alone(write(ActionKind::Reject, "Timing"), "gone");
}

TEST_F(LeverWrite, APathThatLeverDoesNotHaveIsNotAGoneApplication) {
  peer.faults().add({.kind = Fault::Kind::Status, .status = 404, .body = "<html>not here</html>"});

  EXPECT_THAT(write(ActionKind::Note, "x"), FailsWith(ErrorKind::Rejected));
}

TEST_F(LeverWrite, AMissingPermissionIsNamed) {
  peer.scopes = {"opportunities:read:admin", "notes:read:admin", "stages:read:admin"};

  EXPECT_THAT(write(ActionKind::Note, "x"), FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(write(ActionKind::Note, "x"), FailsSaying("notes:write:admin"));
  EXPECT_THAT(write(ActionKind::Tag, "x"), FailsSaying("opportunities:write:admin"));
  EXPECT_THAT(write(ActionKind::Reject, "Timing"), FailsSaying("archive_reasons:read:admin"));
}

TEST_F(LeverWrite, TheBlankPersonInAnAnswerIsNotTaken) {
  const auto connector = make();
  expect_done(connector->write(action(ada, ActionKind::Tag, "x")));

  EXPECT_EQ(pull(*connector).applications[0].email, "ada@example.org");
}

TEST_F(LeverWrite, TakesOneRequestOrTwo) {
  const auto connector = make();
  for (const ActionKind kind : {ActionKind::Note, ActionKind::Tag, ActionKind::Link}) {
    transport.clear_log();
    expect_done(connector->write(action(ada, kind, "x")));
    EXPECT_EQ(requests(), 1);
  }
  ASSERT_THAT(connector->openings(), IsOk());
  transport.clear_log();
  expect_done(connector->write(action(ada, ActionKind::Move, "Onsite")));
  EXPECT_EQ(requests(), 2);
}

struct LossCase {
  std::string name;
  ActionKind kind;
  std::string value, path;
};

void PrintTo(const LossCase& loss, std::ostream* out) { *out << loss.name; }

class LeverLostAnswer : public LeverWrite, public testing::WithParamInterface<LossCase> {
 protected:
  void strike(Fault fault) {
    fault.path = GetParam().path;
    peer.faults().add(std::move(fault));
  }
  Result<Written> write_it() { return write(GetParam().kind, GetParam().value); }
  bool is_there() { return *landed(GetParam().kind, GetParam().value); }
};

TEST_P(LeverLostAnswer, MayHaveLandedAndIsFound) {
  strike({.kind = Fault::Kind::DropAfterApplying});

  EXPECT_THAT(write_it(), FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_TRUE(is_there());
  EXPECT_EQ(world.effects().size(), 1U);
}

TEST_P(LeverLostAnswer, AServerErrorMayHideThatItLanded) {
  strike({.kind = Fault::Kind::StatusAfterApplying, .status = 502});

  EXPECT_THAT(write_it(), FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_TRUE(is_there());
  EXPECT_EQ(world.effects().size(), 1U) << "it is not sent again";
}

TEST_P(LeverLostAnswer, AServerErrorMayMeanThatItDidNot) {
  strike({.kind = Fault::Kind::Status, .status = 503});

  EXPECT_THAT(write_it(), FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_FALSE(is_there());
  EXPECT_THAT(write_it(), IsOk());
  EXPECT_TRUE(is_there());
}

TEST_P(LeverLostAnswer, AnAnswerThatIsNotLeversIsUnknown) {
  strike({.kind = Fault::Kind::StatusAfterApplying, .status = 200, .body = "<html></html>"});

  EXPECT_THAT(write_it(), FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_TRUE(is_there());
}

TEST_P(LeverLostAnswer, ARefusalIsOfThisActionAlone) {
  strike({.kind = Fault::Kind::Status, .status = 400});

  EXPECT_THAT(write_it(), FailsWith(ErrorKind::Rejected));
}

TEST_P(LeverLostAnswer, ATooManyIsSentAgain) {
  strike({.kind = Fault::Kind::Status, .status = 429});

  EXPECT_THAT(write_it(), IsOk());
  EXPECT_EQ(world.effects().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Each, LeverLostAnswer,
    testing::Values(LossCase{"Note", ActionKind::Note, "Score: 82", "/notes?perform"},
                    LossCase{"Tag", ActionKind::Tag, "passed", "/addTags"},
                    LossCase{"Link", ActionKind::Link, "https://x.example/r", "/addLinks"},
                    LossCase{"Move", ActionKind::Move, "Onsite", "/stage?"},
                    LossCase{"Reject", ActionKind::Reject, "Timing", "/archived?"}),
    [](const auto& row) { return row.param.name; });

TEST_F(LeverWrite, AfterALostMoveARecruitersOwnStays) {
  peer.faults().add({.kind = Fault::Kind::DropAfterApplying, .path = "/stage?"});
  EXPECT_THAT(write(ActionKind::Move, "Onsite"), FailsWith(ErrorKind::OutcomeUnknown));
  move(ada, "Offer");

  EXPECT_FALSE(*landed(ActionKind::Move, "Onsite"));
  const auto written = write(ActionKind::Move, "Onsite");

  ASSERT_THAT(written, IsOk());
  EXPECT_EQ(written->how, Written::How::LeftAlone);
  EXPECT_EQ(world.application(ada)->stage, "offer");
}

TEST_F(LeverWrite, IdsAreEncodedInPaths) {
  EXPECT_THAT(make()->write(action("../users?x=1", ActionKind::Note, "x")), IsOk())
      << "no such opportunity: left alone";
  EXPECT_EQ(requests("/v1/opportunities/..%2Fusers%3Fx%3D1/notes"), 1);
}

}  // namespace
}  // namespace praxisync::lever
