#include "unit/ashby/ashby_account.h"

namespace praxisync::ashby {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class AshbyNotes : public AshbyAccount {
 protected:
  WriteBack note(std::string text = "Score 87") {
    return action(ActionKind::Note, id_, std::move(text));
  }
  std::string id_ = applicant();
};

TEST_F(AshbyNotes, ANoteHoldsTheTextAndTheMarkerAndTellsNobody) {
  ASSERT_THAT(ats_->write(note("Score 87 <b>@Ada</b>")), IsOk());

  ASSERT_THAT(world_.notes(), SizeIs(1));
  EXPECT_EQ(world_.notes()[0].text,
            "Score 87 <b>@\u200B"
            "Ada</b>\n[px:abcdefghijkl]");
  EXPECT_EQ(world_.notes()[0].person, world_.application(id_)->person);
  EXPECT_EQ(peer_.notifications(), 0);
}

TEST_F(AshbyNotes, ALinkIsANote) {
  const auto written = ats_->write(action(ActionKind::Link, id_, "https://example.org/r/1"));

  ASSERT_THAT(written, IsOk());
  EXPECT_EQ(written->how, Written::How::Done);
  EXPECT_EQ(written->remark, "as a note");
  EXPECT_THAT(world_.notes()[0].text, HasSubstr("https://example.org/r/1"));
  EXPECT_TRUE(*ats_->landed(action(ActionKind::Link, id_, "https://example.org/r/1")));
}

TEST_F(AshbyNotes, IsFoundOnWhateverPageItStands) {
  EXPECT_FALSE(*ats_->landed(note()));
  for (int i = 0; i < 5; ++i)
    world_.write_note({.person = world_.application(id_)->person, .text = "hello"});
  ASSERT_THAT(ats_->write(note()), IsOk());
  peer_.empty_page_every = 2;
  connect("2");

  EXPECT_TRUE(*ats_->landed(note()));
}

TEST_F(AshbyNotes, IsNotSaidToBeAbsentBeforeEveryPageWasRead) {
  for (int i = 0; i < 5; ++i)
    world_.write_note({.person = world_.application(id_)->person, .text = "hello"});
  connect("2");
  peer_.faults().add({.kind = Fault::Kind::Status,
                      .path = "listNotes",
                      .skip = 1,
                      .status = 200,
                      .body = R"({"success":false,"errors":["next_cursor_expired"]})"});

  EXPECT_THAT(ats_->landed(note()), FailsWith(ErrorKind::Transient));
}

TEST_F(AshbyNotes, ALostAnswerLeavesTheOutcomeOpenAndTheNoteIsFound) {
  peer_.faults().add({.kind = Fault::Kind::DropAfterApplying, .path = "createNote"});

  EXPECT_THAT(ats_->write(note()), FailsWith(ErrorKind::OutcomeUnknown));

  EXPECT_TRUE(*ats_->landed(note()));
  EXPECT_THAT(world_.notes(), SizeIs(1));
}

TEST_F(AshbyNotes, AnAnswerThatCannotBeReadLeavesTheOutcomeOpen) {
  for (const char* body : {"", "<html>", "{}", "[1"}) {
    peer_.faults().add({.kind = Fault::Kind::StatusAfterApplying,
                        .path = "createNote",
                        .status = 200,
                        .body = body});
    EXPECT_THAT(ats_->write(note()), FailsWith(ErrorKind::OutcomeUnknown)) << body;
  }
  for (const int status : {500, 502, 503, 302}) {
    peer_.faults().add(
        {.kind = Fault::Kind::StatusAfterApplying, .path = "createNote", .status = status});
    EXPECT_THAT(ats_->write(note()), FailsWith(ErrorKind::OutcomeUnknown)) << status;
  }
}

TEST_F(AshbyNotes, ANoteThatIsRefusedIsRefusedAlone) {
  peer_.faults().add({.kind = Fault::Kind::Status,
                      .path = "createNote",
                      .status = 200,
                      .body = R"({"success":false,"errors":["invalid_input"]})"});

  EXPECT_THAT(ats_->write(note()), FailsWith(ErrorKind::Rejected));
}

TEST_F(AshbyNotes, AMissingPermissionIsNamed) {
  peer_.scopes.erase("candidates:write");

  const auto written = ats_->write(note());

  EXPECT_THAT(written, FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(written, FailsSaying("candidatesWrite"));
}

TEST_F(AshbyNotes, AfterAMergeTheWinnerGetsTheNote) {
  const WriteBack stale = note();
  const std::string winner = person("Bob");
  world_.merge(winner, stale.candidate.text());

  ASSERT_THAT(ats_->write(stale), IsOk());

  ASSERT_THAT(world_.notes(), SizeIs(1));
  EXPECT_EQ(world_.notes()[0].person, winner);
  EXPECT_TRUE(*ats_->landed(stale));
}

TEST_F(AshbyNotes, WhoIsGoneIsLeftAlone) {
  const WriteBack orphan = note();
  const WriteBack tag = action(ActionKind::Tag, id_, "passed");
  world_.remove_person(orphan.candidate.text());

  EXPECT_FALSE(*ats_->landed(orphan));
  for (const WriteBack& one : {orphan, tag}) {
    const auto written = ats_->write(one);
    ASSERT_THAT(written, IsOk());
    EXPECT_EQ(written->how, Written::How::LeftAlone);
    EXPECT_EQ(written->remark, "the application is gone from the ATS");
  }
}

TEST_F(AshbyNotes, ATagIsMadeWhereThereIsNoneAndUsedWhereThereIs) {
  world_.add_tag("passed");
  ASSERT_THAT(ats_->write(action(ActionKind::Tag, id_, "passed")), IsOk());
  ASSERT_THAT(ats_->write(action(ActionKind::Tag, id_, "fresh")), IsOk());

  EXPECT_THAT(world_.person(world_.application(id_)->person)->tags,
              testing::ElementsAre("passed", "fresh"));
  EXPECT_THAT(effects(Effect::Kind::NewTag), SizeIs(1));
  EXPECT_TRUE(*ats_->landed(action(ActionKind::Tag, id_, "passed")));
  EXPECT_FALSE(*ats_->landed(action(ActionKind::Tag, id_, "other")));
}

TEST_F(AshbyNotes, ATagIsASetAndStandsThereOnce) {
  ASSERT_THAT(ats_->write(action(ActionKind::Tag, id_, "passed")), IsOk());
  ASSERT_THAT(ats_->write(action(ActionKind::Tag, id_, "passed")), IsOk());

  EXPECT_THAT(world_.person(world_.application(id_)->person)->tags, SizeIs(1));
}

TEST_F(AshbyNotes, ATagWhoseMakingWasNotHeardOfIsMadeOnce) {
  peer_.faults().add({.kind = Fault::Kind::DropAfterApplying, .path = "candidateTag.create"});
  EXPECT_THAT(ats_->write(action(ActionKind::Tag, id_, "fresh")),
              FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_FALSE(*ats_->landed(action(ActionKind::Tag, id_, "fresh")));

  ASSERT_THAT(ats_->write(action(ActionKind::Tag, id_, "fresh")), IsOk());

  EXPECT_THAT(effects(Effect::Kind::NewTag), SizeIs(1));
}

TEST_F(AshbyNotes, TagsNeedThePermissionToMakeThem) {
  peer_.scopes.erase("hiringProcessMetadata:write");

  EXPECT_THAT(ats_->write(action(ActionKind::Tag, id_, "passed")),
              FailsSaying("hiringProcessMetadataWrite"));
  EXPECT_THAT(effects(Effect::Kind::Tag), IsEmpty());
}

}  // namespace
}  // namespace praxisync::ashby
