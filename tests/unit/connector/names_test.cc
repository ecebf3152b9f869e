#include "connector/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/text.h"
#include "support/result_matchers.h"

namespace praxisync::connector {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using testing_support::FailsSaying;
using testing_support::FailsWith;

const std::vector<Named> kReasons{{"1", "Skills"}, {"2", "Position closed"}, {"7", "Skills "}};

WriteBack note(std::string text) {
  WriteBack action;
  action.marker = "px:abcdefghijkl";
  action.value = std::move(text);
  return action;
}

TEST(FindNamed, TakesAnIdBeforeANameAndANameInAnyCase) {
  EXPECT_EQ(find_named("reason", "2", {{"1", "2"}, {"2", "two"}})->name, "two");
  EXPECT_EQ(find_named("reason", " position CLOSED", kReasons)->id, "2");
}

TEST(FindNamed, SaysWhatThereIs) {
  EXPECT_THAT(
      find_named("reason", "Positon closed", kReasons),
      FailsSaying("there is no reason \"Positon closed\", did you mean \"Position closed\"?"));
  EXPECT_THAT(find_named("reason", "x", {}), FailsSaying("there are: none"));
  EXPECT_THAT(find_named("reason", "x", kReasons), FailsWith(ErrorKind::Rejected));
}

TEST(FindNamed, RefusesANameThatTwoThingsHave) {
  EXPECT_THAT(find_named("reason", "skills", kReasons), FailsSaying("by its id, 1 or 7"));
}

TEST(PersonName, LosesWhatWouldDisturbATextButNoLetter) {
  EXPECT_EQ(person_name(" Zoë\t Ångström\r\n"), "Zoë Ångström");
  EXPECT_EQ(person_name("\x1B[31mEve\x7F"), "[31mEve");
  EXPECT_EQ(person_name("Ann\u202Eevil\u2066\u0085 B"), "Annevil B");
  EXPECT_EQ(person_name("王 小明", ""), "王 小明");
  EXPECT_EQ(person_name("", "Doe"), "Doe");
  EXPECT_EQ(person_name("\n\n"), "");
}

TEST(PersonName, IsCutOnACharactersEdge) {
  std::string name;
  for (int i = 0; i < 150; ++i) name += "ü";
  EXPECT_EQ(person_name(name).size(), 200U);
  EXPECT_EQ(person_name("x" + name).size(), 199U);
  EXPECT_TRUE(is_utf8(person_name("x" + name)));
}

TEST(NoteText, CarriesItsMarkerOnALineOfItsOwn) {
  EXPECT_EQ(note_text(note("passed\n85 %"), NoteStyle::Plain, 1000),
            "passed\n85 %\n[px:abcdefghijkl]");
}

TEST(NoteText, NotifiesNobody) {
  const std::string text = note_text(note("@all and @ada @ 5"), NoteStyle::Plain, 1000);

  EXPECT_THAT(text, AllOf(Not(HasSubstr("@all")), Not(HasSubstr("@ada")), HasSubstr("@ 5")));
}

TEST(NoteText, HoldsNoMarkupWhereItMightBeReadAsSuch) {
  EXPECT_THAT(note_text(note("<b>5 > 3</b>"), NoteStyle::NoMarkup, 1000),
              AllOf(Not(HasSubstr("<")), Not(HasSubstr(">")), HasSubstr("5")));
  EXPECT_THAT(note_text(note("<b>"), NoteStyle::Plain, 1000), StartsWith("<b>"));
}

TEST(NoteText, KeepsItsMarkerHoweverLongTheTextIs) {
  const std::string text = note_text(note(std::string(5000, 'x')), NoteStyle::Plain, 100);

  EXPECT_EQ(text.size(), 100U);
  EXPECT_THAT(text, EndsWith("\n[px:abcdefghijkl]"));
}

TEST(NoteText, HoldsNoControlCharacters) {
  EXPECT_EQ(note_text(note("a\x1B[2Jb\rc\td\u202Ee"), NoteStyle::Plain, 1000),
            "a[2Jbc de\n[px:abcdefghijkl]");
}

TEST(AsKind, WritesAFieldAsNameAndValueUnderTheSameMarker) {
  WriteBack action = note("85");
  action.kind = ActionKind::Field;
  action.field = "Score";

  const WriteBack tag = as_kind(action, ActionKind::Tag);

  EXPECT_EQ(tag.value, "Score: 85");
  EXPECT_EQ(tag.kind, ActionKind::Tag);
  EXPECT_EQ(tag.marker, action.marker);
}

}  // namespace
}  // namespace praxisync::connector
