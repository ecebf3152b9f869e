#include "report/masking.h"

#include <gmock/gmock.h>

namespace praxisync::report {
namespace {

using testing::HasSubstr;
using testing::Not;

struct MaskCase {
  std::string name, text, want;
};
void PrintTo(const MaskCase& row, std::ostream* out) { *out << row.name; }

class MaskEmail : public testing::TestWithParam<MaskCase> {};
TEST_P(MaskEmail, KeepsTheFirstOfEitherSide) {
  EXPECT_EQ(mask_email(GetParam().text), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(Table, MaskEmail,
                         testing::Values(MaskCase{"Plain", "ada@example.org", "a…@e…"},
                                         MaskCase{"Spaced", "  ada@example.org ", "a…@e…"},
                                         MaskCase{"OneLetter", "a@e", "a…@e…"},
                                         MaskCase{"NotAscii", "ägidius@öl.example", "ä…@ö…"},
                                         MaskCase{"TwoAts", "a@b@c", "a…@b…"},
                                         MaskCase{"NoAddress", "ada lovelace", "…"},
                                         MaskCase{"NothingBefore", "@example.org", "…"},
                                         MaskCase{"NothingBehind", "ada@", "a…@…"},
                                         MaskCase{"Empty", "", "…"}),
                         [](const auto& row) { return row.param.name; });

class MaskName : public testing::TestWithParam<MaskCase> {};
TEST_P(MaskName, KeepsTheInitials) { EXPECT_EQ(mask_name(GetParam().text), GetParam().want); }
INSTANTIATE_TEST_SUITE_P(Table, MaskName,
                         testing::Values(MaskCase{"Two", "Ada Lovelace", "A. L."},
                                         MaskCase{"One", "Ada", "A."},
                                         MaskCase{"Spaced", "  Ada \t  King ", "A. K."},
                                         MaskCase{"NotAscii", "Ægir Þórsson", "Æ. Þ."},
                                         MaskCase{"Four", "Ada King of Lovelace", "A. K. o."},
                                         MaskCase{"Empty", "", ""}),
                         [](const auto& row) { return row.param.name; });

store::Story ada() {
  store::Story story;
  story.application = ApplicationId("app-7");
  story.candidate = CandidateId("ada@example.org");
  story.name = "Ada Lovelace";
  story.email = "ada@example.org";
  story.job = "Backend Engineer";
  story.reason = "Ada Lovelace: unknown";
  story.engagement = Engagement{};
  story.engagement->name = "Ada Lovelace";
  story.engagement->email = "ADA@example.org";
  story.history = {{Timestamp{}, std::nullopt, "queued", "blocked", "no mail to ADA@example.org"}};
  story.write_backs = {{"note", "", "Ada has passed", "refused", "no person 'Ada Lovelace'", "px:1",
                        1, std::nullopt}};
  return story;
}

std::string everything_of(const store::Story& story) {
  std::string all = story.application.text() + "|" + story.candidate.text() + "|" + story.name +
                    "|" + story.email + "|" + story.reason + "|" + story.engagement->name + "|" +
                    story.engagement->email;
  for (const auto& entry : story.history) all += "|" + entry.reason;
  for (const auto& write : story.write_backs) all += "|" + write.value + "|" + write.reason;
  return all;
}

TEST(MaskStory, LeavesNoNameAndNoAddressAnywhere) {
  const std::string all = everything_of(mask(ada()));

  for (const char* part : {"Ada", "Lovelace", "ada@", "ADA@", "example.org"})
    EXPECT_THAT(all, Not(HasSubstr(part)));
}

TEST(MaskStory, KeepsWhatIsNotPersonal) {
  const store::Story masked = mask(ada());

  EXPECT_EQ(masked.application, ApplicationId("app-7"));
  EXPECT_EQ(masked.job, "Backend Engineer");
  EXPECT_EQ(masked.write_backs.at(0).kind, "note");
  EXPECT_EQ(masked.write_backs.at(0).state, "refused");
  EXPECT_THAT(masked.write_backs.at(0).reason, HasSubstr("no person"));
}

TEST(MaskStory, AShortNameIsNoPartOfAnotherWord) {
  store::Story story = ada();
  story.name = "Al";
  story.reason = "Al: already invited, says Al";

  EXPECT_EQ(mask(story).reason, "A.: already invited, says A.");
}

}  // namespace
}  // namespace praxisync::report
