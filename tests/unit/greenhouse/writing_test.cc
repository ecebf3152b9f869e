#include "unit/greenhouse/greenhouse_world.h"

namespace praxisync::greenhouse {
namespace {

using sandbox::Fault;
using sandbox::ats::Effect;
using sandbox::ats::FieldType;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::GreenhousePeer;
using testing_support::IsOk;

MATCHER(IsDone, "is done") { return arg && arg->how == Written::How::Done; }
MATCHER_P(IsLeftAlone, remark, "is left alone because of " + std::string(remark)) {
  if (arg) *result_listener << arg->remark;
  return arg && arg->how == Written::How::LeftAlone &&
         arg->remark.find(remark) != std::string::npos;
}

class Writing : public testing_support::GreenhouseTest {
 protected:
  Writing() { ada = apply("ada"); }

  WriteBack field(const std::string& name, std::string value, std::string previous = {}) {
    WriteBack some = action(ActionKind::Field, ada, std::move(value));
    some.field = name;
    some.previous = std::move(previous);
    return some;
  }
  WriteBack move_to(std::string stage) { return action(ActionKind::Move, ada, std::move(stage)); }
  const std::string& value_of(const std::string& field_id) {
    return world.application(ada)->fields.at(field_id);
  }
  /// The answer of the next request to that path is lost; the request took effect.
  void lose_answer(http::Method method, const std::string& path) {
    peer.faults().add({.kind = Fault::Kind::DropAfterApplying, .method = method, .path = path});
  }

  std::string ada;
};

// Notes

TEST_F(Writing, ANoteBelongsToTheApplicationAndCarriesItsMarker) {
  EXPECT_THAT(ats().write(action(ActionKind::Note, ada, "82 %\npassed")), IsDone());

  ASSERT_THAT(world.notes(), SizeIs(1));
  EXPECT_EQ(world.notes()[0].text, "82 %\npassed\n[px:abcdefghijkl]");
  EXPECT_EQ(world.notes()[0].application, ada);
  EXPECT_EQ(world.notes()[0].person, person_of(ada));
}

TEST_F(Writing, ANoteNotifiesNobodyAndHoldsNoMarkup) {
  EXPECT_THAT(ats().write(action(ActionKind::Note, ada, "<b>hi @jane")), IsDone());

  EXPECT_EQ(world.notes()[0].text.find('<'), std::string::npos);
  EXPECT_EQ(world.notes()[0].text.find("@jane"), std::string::npos);
}

TEST_F(Writing, ALongNoteIsCutButForItsMarker) {
  EXPECT_THAT(ats().write(action(ActionKind::Note, ada, std::string(50'000, 'x'))), IsDone());

  EXPECT_LE(world.notes()[0].text.size(), 10'000U);
  EXPECT_THAT(world.notes()[0].text, testing::EndsWith("[px:abcdefghijkl]"));
}

TEST_F(Writing, ALinkIsANote) {
  const WriteBack link = action(ActionKind::Link, ada, "https://praxicraft.com/r/1");

  EXPECT_THAT(ats().write(link), IsDone());

  EXPECT_THAT(world.notes()[0].text, HasSubstr("https://praxicraft.com/r/1"));
  EXPECT_EQ(*ats().landed(link), true);
}

TEST_F(Writing, ANoteWhoseAnswerIsLostIsFoundByItsMarker) {
  lose_answer(http::Method::Post, "/v3/notes");
  const WriteBack note = action(ActionKind::Note, ada, "82 %");

  EXPECT_THAT(ats().write(note), FailsWith(ErrorKind::OutcomeUnknown));

  EXPECT_EQ(*start().landed(note), true);
  EXPECT_THAT(world.notes(), SizeIs(1));
}

TEST_F(Writing, ANoteIsSentOnceWhateverTheAnswer) {
  for (const int status : {500, 502, 503, 504, 408}) {
    peer.faults().add({.kind = Fault::Kind::Status,
                       .method = http::Method::Post,
                       .path = "/v3/notes",
                       .status = status});
    transport.clear_log();

    EXPECT_THAT(ats().write(action(ActionKind::Note, ada, "x")),
                FailsWith(ErrorKind::OutcomeUnknown));
    EXPECT_EQ(asked("/v3/notes"), 1) << status;
  }
}

TEST_F(Writing, ASuccessThatIsAWebPageIsNone) {
  peer.faults().add({.kind = Fault::Kind::StatusAfterApplying,
                     .method = http::Method::Post,
                     .path = "/v3/notes",
                     .status = 200,
                     .body = "<html>Welcome</html>"});

  EXPECT_THAT(ats().write(action(ActionKind::Note, ada, "x")),
              FailsWith(ErrorKind::OutcomeUnknown));
}

TEST_F(Writing, EveryPageOfTheNotesIsLookedAt) {
  const WriteBack note = action(ActionKind::Note, ada, "82 %");
  EXPECT_THAT(ats().write(note), IsDone());
  for (int i = 0; i < 7; ++i) {
    world.write_note(
        {.id = {}, .person = person_of(ada), .application = ada, .text = "hello", .author = {}});
  }
  peer.page_cap = 2;

  EXPECT_EQ(*ats().landed(note), true);

  WriteBack other = note;
  other.marker = "px:zzzzzzzzzzzz";
  EXPECT_EQ(*ats().landed(other), false);
}

TEST_F(Writing, NotesThatCannotBeListedProveNothing) {
  const WriteBack note = action(ActionKind::Note, ada, "x");
  peer.faults().add({.kind = Fault::Kind::Status, .path = "/v3/notes", .times = 9, .status = 500});
  EXPECT_FALSE(ats().landed(note));
  peer.faults().clear();
  peer.faults().add({.kind = Fault::Kind::Status,
                     .path = "/v3/notes",
                     .status = 200,
                     .body = R"([{"id":1,"body":["?"]}])"});
  EXPECT_THAT(ats().landed(note), FailsWith(ErrorKind::Malformed));
}

TEST_F(Writing, ANoteFollowsWhoeverTheApplicationIsOfByNow) {
  const std::string bob = apply("bob", other_job, "Onsite");
  const WriteBack note = action(ActionKind::Note, ada, "82 %");
  world.merge(person_of(bob), person_of(ada));

  EXPECT_THAT(ats().write(note), IsDone());

  EXPECT_EQ(world.notes()[0].person, person_of(bob));
}

TEST_F(Writing, NothingIsWrittenToAnApplicationThatIsGone) {
  std::vector<WriteBack> all;
  for (const ActionKind kind :
       {ActionKind::Note, ActionKind::Tag, ActionKind::Link, ActionKind::Move, ActionKind::Reject})
    all.push_back(action(kind, ada, "Onsite"));
  world.add_field("Score", FieldType::Number);
  all.push_back(field("Score", "82"));
  world.remove_person(person_of(ada));

  for (const WriteBack& one : all)
    EXPECT_THAT(ats().write(one), IsLeftAlone("gone from the ATS")) << to_string(one.kind);
}

// Tags

TEST_F(Writing, ATagThatThereIsIsApplied) {
  world.add_tag("Passed");

  EXPECT_THAT(ats().write(action(ActionKind::Tag, ada, "passed")), IsDone());

  EXPECT_THAT(world.person(person_of(ada))->tags, ElementsAre("Passed"));
  EXPECT_THAT(written(Effect::Kind::NewTag), IsEmpty());
}

TEST_F(Writing, ATagThatIsNewIsMadeOnce) {
  EXPECT_THAT(ats().write(action(ActionKind::Tag, ada, "passed")), IsDone());
  const std::string bob = apply("bob");
  EXPECT_THAT(ats().write(action(ActionKind::Tag, bob, "passed")), IsDone());

  EXPECT_THAT(written(Effect::Kind::NewTag), ElementsAre("passed"));
  EXPECT_THAT(written(Effect::Kind::Tag), SizeIs(2));
}

TEST_F(Writing, ATagIsNotAppliedTwice) {
  for (const bool refused : {true, false}) {
    peer.tag_twice_is_refused = refused;
    EXPECT_THAT(ats().write(action(ActionKind::Tag, ada, "passed")), IsDone());
  }

  EXPECT_THAT(written(Effect::Kind::Tag), SizeIs(1));
}

TEST_F(Writing, ATagThatSomebodyElseMadeMeanwhileIsTaken) {
  world.add_tag("other");
  EXPECT_THAT(ats().write(action(ActionKind::Tag, ada, "other")), IsDone());
  world.add_tag("passed");

  EXPECT_THAT(ats().write(action(ActionKind::Tag, ada, "passed")), IsDone());

  EXPECT_THAT(world.person(person_of(ada))->tags, ElementsAre("other", "passed"));
}

TEST_F(Writing, ATagWhoseAnswerIsLostIsFound) {
  const WriteBack tag = action(ActionKind::Tag, ada, "passed");
  lose_answer(http::Method::Post, "/v3/candidate_tags");
  EXPECT_THAT(ats().write(tag), FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_EQ(*ats().landed(tag), false);
  lose_answer(http::Method::Post, "/v3/applied_candidate_tags");
  EXPECT_THAT(ats().write(tag), FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_EQ(*ats().landed(tag), true);

  EXPECT_THAT(written(Effect::Kind::NewTag), SizeIs(1));
  EXPECT_THAT(written(Effect::Kind::Tag), SizeIs(1));
}

// Fields

TEST_F(Writing, AFieldIsWrittenByNameKeyOrId) {
  const std::string score = world.add_field("Assessment score", FieldType::Number);

  EXPECT_THAT(ats().write(field("assessment score", "82")), IsDone());
  EXPECT_EQ(value_of(score), "82");
  EXPECT_THAT(ats().write(field("assessment_score", "83", "82")), IsDone());
  EXPECT_EQ(value_of(score), "83");
  EXPECT_THAT(ats().write(field(score, "84", "83")), IsDone());
  EXPECT_EQ(value_of(score), "84");
}

TEST_F(Writing, AFieldThatSaysItAlreadyIsNotWrittenAgain) {
  const std::string score = world.add_field("Score", FieldType::Number);
  world.set_field(ada, score, "82.0");

  EXPECT_THAT(ats().write(field("Score", "82")), IsDone());

  EXPECT_THAT(world.effects(), IsEmpty());
  EXPECT_EQ(*ats().landed(field("Score", "82")), true);
  EXPECT_EQ(*ats().landed(field("Score", "83")), false);
}

TEST_F(Writing, AFieldThatAPersonEditedStays) {
  const std::string score = world.add_field("Score", FieldType::Number);
  world.set_field(ada, score, "70");

  EXPECT_THAT(ats().write(field("Score", "82")), IsLeftAlone("\"Score\" was edited in the ATS"));
  EXPECT_THAT(ats().write(field("Score", "82", "71")), IsLeftAlone("was edited"));

  EXPECT_EQ(value_of(score), "70");
}

TEST_F(Writing, OtherFieldsKeepTheirValuesInEitherReading) {
  const std::string score = world.add_field("Score", FieldType::Number),
                    level = world.add_field("Level", FieldType::Text),
                    remote = world.add_field("Remote", FieldType::Boolean),
                    team = world.add_field("Team", FieldType::Text);
  peer.selects[team] = {{"771", "Core"}, {"772", "Data"}};
  world.set_field(ada, level, "Senior");
  world.set_field(ada, remote, "true");
  world.set_field(ada, team, "Data");

  for (const bool stay : {true, false}) {
    peer.unlisted_fields_stay = stay;
    EXPECT_THAT(ats().write(field("Score", stay ? "82" : "83", "82")), IsDone());
    EXPECT_EQ(value_of(level), "Senior");
    EXPECT_EQ(value_of(remote), "true");
    EXPECT_EQ(value_of(team), "Data");
  }
  EXPECT_EQ(value_of(score), "83");
}

TEST_F(Writing, ASelectTakesOneOfItsOptions) {
  const std::string team = world.add_field("Team", FieldType::Text);
  peer.selects[team] = {{"771", "Core"}, {"772", "Data"}};

  EXPECT_THAT(ats().write(field("Team", "data")), IsDone());
  EXPECT_EQ(value_of(team), "Data");
  EXPECT_EQ(*ats().landed(field("Team", "data")), true);
  EXPECT_THAT(ats().write(field("Team", "Core", "data")), IsDone());
  EXPECT_EQ(value_of(team), "Core");
  EXPECT_EQ(ats().write(field("Team", "Sales"))->remark,
            "as a tag: the field \"Team\" is a single_select, which takes no such value");
}

TEST_F(Writing, AYesOrNoIsTheSameHoweverItIsSpelt) {
  const std::string passed = world.add_field("Passed", FieldType::Boolean);

  EXPECT_THAT(ats().write(field("Passed", "yes")), IsDone());
  EXPECT_EQ(value_of(passed), "true");
  EXPECT_THAT(ats().write(field("Passed", "no", "yes")), IsDone());
  EXPECT_EQ(value_of(passed), "false");
}

TEST_F(Writing, AFieldOfTheCandidateIsWrittenThere) {
  const std::string score = world.add_field("Score", FieldType::Number, false);

  EXPECT_THAT(ats().write(field("Score", "82")), IsDone());

  EXPECT_EQ(world.person(person_of(ada))->fields.at(score), "82");
  EXPECT_EQ(*ats().landed(field("Score", "82")), true);
}

TEST_F(Writing, WithoutSuchAFieldATagIsWritten) {
  const WriteBack score = field("Score", "82");

  const auto written_back = ats().write(score);

  EXPECT_THAT(written_back, IsDone());
  EXPECT_EQ(written_back->remark, "as a tag: there is no field \"Score\"");
  EXPECT_THAT(world.person(person_of(ada))->tags, ElementsAre("Score: 82"));
  EXPECT_EQ(*ats().landed(score), true);
}

TEST_F(Writing, WithoutSuchAFieldAnAddressIsANote) {
  const auto written_back = ats().write(field("Report", "https://praxicraft.com/r/1"));

  EXPECT_THAT(written_back, IsDone());
  EXPECT_EQ(written_back->remark, "as a note: there is no field \"Report\"");
  EXPECT_THAT(world.notes()[0].text, testing::StartsWith("Report: https://praxicraft.com/r/1"));
}

TEST_F(Writing, AFieldThatTakesNoSuchValueIsWrittenAsATag) {
  world.add_field("Score", FieldType::Number);

  const auto written_back = ats().write(field("Score", "passed"));

  EXPECT_THAT(written_back, IsDone());
  EXPECT_THAT(written_back->remark, HasSubstr("\"Score\" is a number"));
  EXPECT_THAT(world.person(person_of(ada))->tags, ElementsAre("Score: passed"));
}

TEST_F(Writing, AFieldThatIsRefusedIsWrittenAsATag) {
  world.add_field("Score", FieldType::Number);
  peer.faults().add({.kind = Fault::Kind::Status,
                     .method = http::Method::Patch,
                     .status = 422,
                     .body = R"({"errors":[{"custom_fields":"no"}]})"});

  const auto written_back = ats().write(field("Score", "82"));

  EXPECT_THAT(written_back, IsDone());
  EXPECT_THAT(written_back->remark, HasSubstr("it refuses custom_fields"));
  EXPECT_THAT(world.person(person_of(ada))->tags, ElementsAre("Score: 82"));
  EXPECT_EQ(*ats().landed(field("Score", "82")), true);
  EXPECT_EQ(*ats().landed(field("Score", "83")), false);
}

TEST_F(Writing, AFieldWhoseAnswerIsLostIsFound) {
  world.add_field("Score", FieldType::Number);
  lose_answer(http::Method::Patch, "/v3/applications");

  EXPECT_THAT(ats().write(field("Score", "82")), FailsWith(ErrorKind::OutcomeUnknown));

  EXPECT_EQ(*start().landed(field("Score", "82")), true);
}

// Moves

TEST_F(Writing, AMoveGoesFromTheExpectedStage) {
  EXPECT_THAT(ats().write(move_to("Onsite")), IsDone());

  EXPECT_EQ(stage_of(ada), "Onsite");
}

TEST_F(Writing, EitherReadingOfTheOldStageMovesAndIsRemembered) {
  peer.from = GreenhousePeer::From::Row;
  EXPECT_THAT(ats().write(move_to("Onsite")), IsDone());
  EXPECT_EQ(stage_of(ada), "Onsite");
  EXPECT_EQ(asked("/move"), 2);
  const std::string bob = apply("bob");

  EXPECT_THAT(ats().write(action(ActionKind::Move, bob, "Onsite")), IsDone());

  EXPECT_EQ(asked("/move"), 3);
}

TEST_F(Writing, AMoveToWhereItIsAlreadyIsDone) {
  world.move(ada, world.stage_id(job, "Onsite"));

  EXPECT_THAT(ats().write(move_to("Onsite")), IsDone());

  EXPECT_THAT(world.effects(), IsEmpty());
}

TEST_F(Writing, WhomARecruiterMovedIsNotMovedAgain) {
  world.move(ada, world.stage_id(job, "Offer"));

  EXPECT_THAT(ats().write(move_to("Onsite")), IsLeftAlone("in the stage \"Offer\" by now"));

  EXPECT_EQ(stage_of(ada), "Offer");
}

TEST_F(Writing, ARecruiterWhoMovesBetweenLookAndMoveWins) {
  // The row that is read is of a moment ago.
  const std::string row =
      R"([{"id":)" + ada + R"(,"candidate_id":)" + person_of(ada) + R"(,"job_id":)" + job +
      R"(,"stage_id":)" + world.application(ada)->stage_row + R"(,"job_interview_stage_id":)" +
      world.stage_id(job, "Technical Test") +
      R"(,"stage_name":"Technical Test","status":"in_process","prospect":false}])";
  world.move(ada, world.stage_id(job, "Offer"));
  peer.faults().add(
      {.kind = Fault::Kind::Status, .path = "/v3/applications?", .status = 200, .body = row});

  EXPECT_THAT(ats().write(move_to("Onsite")), IsLeftAlone("in the stage \"Offer\" by now"));

  EXPECT_EQ(stage_of(ada), "Offer");
}

TEST_F(Writing, NobodyIsMovedOutOfATerminalState) {
  world.reject(ada, world.add_reason("No"));
  EXPECT_THAT(ats().write(move_to("Onsite")), IsLeftAlone("the application is rejected"));
  const std::string bob = apply("bob");
  world.hire(bob);
  EXPECT_THAT(ats().write(action(ActionKind::Move, bob, "Onsite")),
              IsLeftAlone("the application is hired"));
  EXPECT_THAT(ats().write(action(ActionKind::Reject, bob, "No")),
              IsLeftAlone("the application is hired"));

  EXPECT_THAT(world.effects(), IsEmpty());
}

TEST_F(Writing, AStageIsOneOfThatJob) {
  world.add_job("Other", world.add_plan("Other", {"Technical Test", "Final"}));

  EXPECT_THAT(ats().write(move_to("Onsit")), FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(ats().write(move_to("Onsit")), FailsSaying("did you mean \"Onsite\"?"));
  EXPECT_THAT(ats().write(move_to("Final")), FailsSaying("there is no stage \"Final\""));
}

TEST_F(Writing, WhoIsInAnotherJobByNowIsLeftAlone) {
  const std::string fresh =
      world.add_job("Other", world.add_plan("Other", {"Technical Test", "Final"}));
  const std::string bob = apply("bob", fresh, "Final");

  EXPECT_THAT(ats().write(action(ActionKind::Move, bob, "Onsite")), IsLeftAlone("\"Final\""));
}

TEST_F(Writing, AMoveWhoseAnswerIsLostIsFound) {
  lose_answer(http::Method::Post, "/move");

  EXPECT_THAT(ats().write(move_to("Onsite")), FailsWith(ErrorKind::OutcomeUnknown));

  EXPECT_EQ(*ats().landed(move_to("Onsite")), true);
  EXPECT_THAT(written(Effect::Kind::Move), SizeIs(1));
}

TEST_F(Writing, WithoutAnIdOfTheExpectedStageItsNameCounts) {
  WriteBack move = move_to("Onsite");
  move.expected_stage_id.clear();
  move.expected_stage = "technical test";

  EXPECT_THAT(ats().write(move), IsDone());
}

TEST_F(Writing, RowsWithoutAStageIdAreMovedByTheStagesName) {
  peer.stage_ids_in_rows = false;

  EXPECT_THAT(ats().write(move_to("Onsite")), IsDone());

  EXPECT_EQ(stage_of(ada), "Onsite");
}

// Rejections

TEST_F(Writing, ARejectionHasAReasonByName) {
  const std::string reason = world.add_reason("Failed the test");

  EXPECT_THAT(ats().write(action(ActionKind::Reject, ada, "failed the test")), IsDone());

  EXPECT_THAT(written(Effect::Kind::Reject), ElementsAre(reason));
}

TEST_F(Writing, WhoIsRejectedIsNotRejectedAgain) {
  world.reject(ada, world.add_reason("No"));
  const WriteBack reject = action(ActionKind::Reject, ada, "No");

  EXPECT_EQ(*ats().landed(reject), true);
  EXPECT_THAT(ats().write(reject), IsDone());

  EXPECT_THAT(world.effects(), IsEmpty());
}

TEST_F(Writing, WhomARecruiterMovedIsNotRejected) {
  world.add_reason("No");
  world.move(ada, world.stage_id(job, "Offer"));

  EXPECT_THAT(ats().write(action(ActionKind::Reject, ada, "No")), IsLeftAlone("\"Offer\""));
}

TEST_F(Writing, AReasonThatThereIsNotIsRefusedWithTheList) {
  world.add_reason("Failed the test");

  EXPECT_THAT(ats().write(action(ActionKind::Reject, ada, "Failed the tests")),
              FailsSaying("did you mean \"Failed the test\"?"));
}

// Who writes

TEST_F(Writing, WithoutAnActingUserTheServiceUserWrites) {
  EXPECT_THAT(ats().write(action(ActionKind::Note, ada, "x")), IsDone());

  EXPECT_EQ(world.notes()[0].author, "");
  EXPECT_EQ(asked("/token"), 1);
}

TEST_F(Writing, AnActingUserWritesAndTheServiceUserReads) {
  given["acting_user"] = "112233";
  static_cast<void>(ats().pull(Cursor()));
  EXPECT_EQ(asked("/token"), 1);

  EXPECT_THAT(ats().write(action(ActionKind::Note, ada, "x")), IsDone());

  EXPECT_EQ(world.notes()[0].author, "112233");
  EXPECT_EQ(asked("/token"), 2);
}

TEST_F(Writing, WhereOneTokenEndsTheOtherBothAreMadeAnew) {
  peer.one_token = true;
  given["acting_user"] = "112233";

  EXPECT_THAT(ats().write(move_to("Onsite")), IsDone());
  EXPECT_THAT(ats().write(action(ActionKind::Tag, ada, "passed")), IsDone());

  EXPECT_EQ(stage_of(ada), "Onsite");
}

TEST_F(Writing, AMissingScopeIsNamed) {
  peer.granted.erase("harvest:applications:move");

  EXPECT_THAT(ats().write(move_to("Onsite")), FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(ats().write(move_to("Onsite")), FailsSaying("harvest:applications:move"));
}

TEST_F(Writing, ARefusalNamesTheParameterAndNobody) {
  peer.faults().add({.kind = Fault::Kind::Status,
                     .path = "/v3/notes",
                     .status = 422,
                     .body = R"({"errors":[{"visibility":"ada@example.org may not"}]})"});

  const auto written_back = ats().write(action(ActionKind::Note, ada, "x"));

  EXPECT_THAT(written_back, FailsSaying("it refuses visibility"));
  EXPECT_EQ(written_back.error().what.find("ada"), std::string::npos);
}

TEST_F(Writing, AnOutcomeTakesSevenRequestsAndTheDictionaries) {
  world.add_field("Score", FieldType::Number);
  world.add_tag("passed");
  EXPECT_THAT(ats().write(field("Score", "80")), IsDone());
  EXPECT_THAT(ats().write(action(ActionKind::Tag, ada, "passed")), IsDone());
  EXPECT_THAT(ats().write(move_to("Onsite")), IsDone());
  ada = apply("bob");
  transport.clear_log();

  EXPECT_THAT(ats().write(action(ActionKind::Note, ada, "82 %")), IsDone());
  EXPECT_THAT(ats().write(action(ActionKind::Tag, ada, "passed")), IsDone());
  EXPECT_THAT(ats().write(field("Score", "82")), IsDone());
  EXPECT_THAT(ats().write(move_to("Onsite")), IsDone());

  // A note, and for each of the others a look before it.
  EXPECT_THAT(transport.log(), SizeIs(7));
}

}  // namespace
}  // namespace praxisync::greenhouse
