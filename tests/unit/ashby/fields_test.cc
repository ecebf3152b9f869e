#include "unit/ashby/ashby_account.h"

namespace praxisync::ashby {
namespace {

using sandbox::ats::FieldType;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class AshbyFields : public AshbyAccount {
 protected:
  WriteBack set(const std::string& field, std::string value, std::string previous = {}) {
    WriteBack made = action(ActionKind::Field, id_, std::move(value), field);
    made.previous = std::move(previous);
    return made;
  }
  std::string value_of(const std::string& field) {
    const auto& fields = world_.application(id_)->fields;
    const auto found = fields.find(field);
    return found == fields.end() ? "(none)" : found->second;
  }
  std::string id_ = applicant();
  std::string score_ = world_.add_field("Score", FieldType::Number),
              report_ = world_.add_field("Report", FieldType::Url),
              passed_ = world_.add_field("Passed", FieldType::Boolean),
              remark_ = world_.add_field("Remark", FieldType::Text),
              level_ = world_.add_field("Level", FieldType::Text);
};

TEST_F(AshbyFields, EachTypeTakesItsValue) {
  peer_.options[level_] = {{"Junior", "jr"}, {"Senior", "sr"}};

  for (const WriteBack& one :
       {set("Score", "87.5"), set("report", "https://example.org/r/1"), set(passed_, "yes"),
        set("Remark", "well done"), set("Level", "Senior")}) {
    const auto written = ats_->write(one);
    ASSERT_THAT(written, IsOk()) << one.field;
    EXPECT_EQ(written->remark, "");
    EXPECT_TRUE(*ats_->landed(one)) << one.field;
  }

  EXPECT_EQ(value_of(score_), "87.5");
  EXPECT_EQ(value_of(report_), "https://example.org/r/1");
  EXPECT_EQ(value_of(passed_), "true");
  EXPECT_EQ(value_of(remark_), "well done");
  EXPECT_EQ(value_of(level_), "sr");
}

TEST_F(AshbyFields, AValueOfTheListMayBeNamedByItsValueToo) {
  peer_.options[level_] = {{"Junior", "jr"}, {"Senior", "sr"}};

  ASSERT_THAT(ats_->write(set("Level", "jr")), IsOk());

  EXPECT_EQ(value_of(level_), "jr");
}

TEST_F(AshbyFields, WhatIsNoValueOfTheTypeIsRejectedBeforeItIsSent) {
  peer_.options[level_] = {{"Junior", "jr"}};

  EXPECT_THAT(ats_->write(set("Score", "-")), FailsSaying("takes a number"));
  EXPECT_THAT(ats_->write(set("Passed", "perhaps")), FailsSaying("takes yes or no"));
  EXPECT_THAT(ats_->write(set("Report", "example.org")), FailsSaying("takes a link"));
  EXPECT_THAT(ats_->write(set("Level", "Junor")), FailsSaying("did you mean \"Junior\""));
  EXPECT_THAT(ats_->write(set("Level", "Junor")), FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(effects(Effect::Kind::Field), IsEmpty());
}

TEST_F(AshbyFields, WhatStandsThereAlreadyIsNotWrittenAgain) {
  ASSERT_THAT(ats_->write(set("Score", "87")), IsOk());

  const auto again = ats_->write(set("Score", "87.0"));

  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->how, Written::How::Done);
  EXPECT_THAT(effects(Effect::Kind::Field), SizeIs(1));
}

TEST_F(AshbyFields, WhatPraxisyncWroteItselfIsReplaced) {
  ASSERT_THAT(ats_->write(set("Score", "60")), IsOk());

  ASSERT_THAT(ats_->write(set("Score", "87", "60")), IsOk());

  EXPECT_EQ(value_of(score_), "87");
}

TEST_F(AshbyFields, WhatAPersonWroteStays) {
  world_.set_field(id_, score_, "12");
  for (const char* previous : {"", "60"}) {
    const auto written = ats_->write(set("Score", "87", previous));
    ASSERT_THAT(written, IsOk());
    EXPECT_EQ(written->how, Written::How::LeftAlone);
    EXPECT_EQ(written->remark, "the field \"Score\" was edited in the ATS");
  }
  EXPECT_EQ(value_of(score_), "12");
}

TEST_F(AshbyFields, AFieldOfTheCandidateIsTheSecondChoice) {
  const std::string of_person = world_.add_field("Grade", FieldType::Text, false);
  ASSERT_THAT(ats_->write(set("Grade", "A")), IsOk());
  EXPECT_EQ(world_.person(world_.application(id_)->person)->fields.at(of_person), "A");
  EXPECT_TRUE(*ats_->landed(set("Grade", "A")));

  world_.add_field("Remark", FieldType::Text, false);
  connect();
  ASSERT_THAT(ats_->write(set("Remark", "x")), IsOk());
  EXPECT_EQ(value_of(remark_), "x");
}

TEST_F(AshbyFields, TwoOfOneNameAreRejected) {
  world_.add_field("score", FieldType::Text);

  EXPECT_THAT(ats_->write(set("Score", "87")), FailsSaying("more than one custom field"));
}

TEST_F(AshbyFields, WhereThereIsNoSuchFieldATagSaysIt) {
  const auto written = ats_->write(set("Grade", "A"));

  ASSERT_THAT(written, IsOk());
  EXPECT_EQ(written->remark, "as a tag: there is no field \"Grade\" that can be written");
  EXPECT_THAT(world_.person(world_.application(id_)->person)->tags,
              testing::ElementsAre("Grade: A"));
  EXPECT_TRUE(*ats_->landed(set("Grade", "A")));
}

TEST_F(AshbyFields, AndANoteWhereItIsTooLongForATag) {
  const std::string text(200, 'x');

  const auto written = ats_->write(set("Summary", text));

  ASSERT_THAT(written, IsOk());
  EXPECT_THAT(written->remark, HasSubstr("as a note"));
  EXPECT_THAT(world_.notes()[0].text, HasSubstr("Summary: " + text));
  EXPECT_TRUE(*ats_->landed(set("Summary", text)));
}

TEST_F(AshbyFields, ALostAnswerIsSettledByLooking) {
  peer_.faults().add({.kind = Fault::Kind::DropAfterApplying, .path = "setValue"});
  EXPECT_THAT(ats_->write(set("Score", "87")), FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_TRUE(*ats_->landed(set("Score", "87")));

  peer_.faults().add({.kind = Fault::Kind::Status, .path = "setValue", .status = 502});
  EXPECT_THAT(ats_->write(set("Remark", "x")), FailsWith(ErrorKind::OutcomeUnknown));
  EXPECT_FALSE(*ats_->landed(set("Remark", "x")));
}

TEST_F(AshbyFields, AnApplicationThatIsGoneIsLeftAlone) {
  const WriteBack orphan = set("Score", "87");
  world_.remove_application(id_);

  const auto written = ats_->write(orphan);

  ASSERT_THAT(written, IsOk());
  EXPECT_EQ(written->how, Written::How::LeftAlone);
  EXPECT_FALSE(*ats_->landed(orphan));
}

TEST_F(AshbyFields, FieldsAreFoundOnEveryPageOfTheirList) {
  peer_.empty_page_every = 2;
  connect("1");

  ASSERT_THAT(ats_->write(set("Level", "x")), IsOk());

  EXPECT_EQ(value_of(level_), "x");
}

}  // namespace
}  // namespace praxisync::ashby
