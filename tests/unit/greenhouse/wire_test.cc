#include "connectors/greenhouse/wire.h"

#include "unit/greenhouse/greenhouse_world.h"

namespace praxisync::greenhouse {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing_support::FailsWith;
using testing_support::fixture;
using testing_support::IsOk;

TEST(Wire, AnIdAboveADoublesDigitsKeepsAllOfThem) {
  const auto all = read_applications(fixture("applications_page.json"));

  ASSERT_THAT(all, IsOk());
  EXPECT_EQ(all->rows[0].id, "9007199254740993");
}

TEST(Wire, AnApplicationIsReadWithWhatMayBeMissing) {
  const auto all = read_applications(fixture("applications_page.json"));

  ASSERT_THAT(all, IsOk());
  ASSERT_THAT(all->rows, SizeIs(3));
  EXPECT_TRUE(all->rows[0].in_process());
  EXPECT_EQ(all->rows[0].stage, "11925559006");
  EXPECT_EQ(all->rows[1].status, "rejected");
  EXPECT_EQ(all->rows[1].stage, "");
  EXPECT_EQ(all->rows[1].updated_at, parse_timestamp("2026-11-20T17:03:10Z"));
  EXPECT_TRUE(all->rows[2].prospect);
  EXPECT_FALSE(all->rows[2].in_process());
}

TEST(Wire, ARowThatCannotBeReadIsSetAsideByItsIdOrItsPlace) {
  const auto all = read_applications(fixture("applications_page.json"));

  ASSERT_THAT(all, IsOk());
  EXPECT_THAT(all->flawed,
              ElementsAre(SetAside{"70011200336", "applications[3].candidate_id: missing"},
                          SetAside{"70011200337", "applications[4].status: not a text"},
                          SetAside{"applications[5]", "applications[5].id: missing"},
                          SetAside{"applications[6]", "applications[6]: not an object"},
                          SetAside{"applications[7]", "applications[7].id: not a whole number"}));
}

TEST(Wire, WhatIsNoListIsMalformed) {
  for (const char* body : {"", "<html>", "{\"message\":\"x\"}", "[{]", "null"}) {
    EXPECT_THAT(read_applications(body), FailsWith(ErrorKind::Malformed)) << body;
    EXPECT_THAT(read_candidates(body), FailsWith(ErrorKind::Malformed)) << body;
  }
}

TEST(Wire, TheFirstPersonalAddressGoesBeforeTheOthers) {
  const auto all = read_candidates(fixture("candidates.json"));

  ASSERT_THAT(all, IsOk());
  EXPECT_EQ(all->rows[0].email, "jane.doe@example.com");
  EXPECT_EQ(all->rows[1].email, "ivan@work.example");
  EXPECT_FALSE(all->rows[1].can_email);
}

TEST(Wire, AStubOfAPersonIsNobody) {
  const auto all = read_candidates(fixture("candidates.json"));

  ASSERT_THAT(all, IsOk());
  ASSERT_THAT(all->rows, SizeIs(3));
  EXPECT_TRUE(all->rows[2].anonymised());
  EXPECT_THAT(all->flawed,
              ElementsAre(SetAside{"60022100447", "candidates[4].email_addresses: not an array"}));
}

TEST(Wire, AnOverlongAddressIsSetAside) {
  const auto all = read_candidates(R"([{"id":1,"email_addresses":[{"value":")" +
                                   std::string(321, 'a') + R"(","type":"personal"}]}])");

  ASSERT_THAT(all, IsOk());
  EXPECT_THAT(all->rows, IsEmpty());
  EXPECT_EQ(all->flawed.at(0).record, "1");
}

TEST(Wire, JobsThatAreTemplatesOrClosedAreNotOpen) {
  const auto all = read_jobs(fixture("jobs.json"));

  ASSERT_THAT(all, IsOk());
  ASSERT_THAT(all->rows, SizeIs(3));
  EXPECT_TRUE(all->rows[0].open);
  EXPECT_FALSE(all->rows[1].open);
  EXPECT_FALSE(all->rows[2].open);
}

TEST(Wire, StagesSayWhoseTheyAre) {
  const auto all = read_stages(fixture("stages.json"));

  ASSERT_THAT(all, IsOk());
  ASSERT_THAT(all->rows, SizeIs(2));
  EXPECT_EQ(all->rows[1].job, "5059946004");
  EXPECT_EQ(all->rows[1].name, "Skills Assessment");
  EXPECT_EQ(all->rows[1].order, 2);
}

TEST(Wire, CustomFieldsComeByTheirKey) {
  const auto all = read_applications(fixture("application_with_fields.json"));

  ASSERT_THAT(all, IsOk());
  const FieldValues& fields = all->rows.at(0).fields;
  EXPECT_EQ(fields.at("assessment_score").text, "82");
  EXPECT_EQ(fields.at("assessment_report").json, "null");
  EXPECT_EQ(fields.at("assessment_report").text, "");
  EXPECT_THAT(texts_of(fields.at("level")), ElementsAre("Senior", "Staff"));
  EXPECT_EQ(fields.at("salary").json, R"({"amount":70000,"currency_code":"EUR"})");
}

TEST(Wire, FieldDefinitionsSayTheirTypeAndKey) {
  const auto all = read_fields(fixture("custom_fields.json"));

  ASSERT_THAT(all, IsOk());
  ASSERT_THAT(all->rows, SizeIs(2));
  EXPECT_EQ(all->rows[0].key, "assessment_score");
  EXPECT_EQ(all->rows[0].type, "number");
}

TEST(Wire, ANoteWithoutTextIsReadToo) {
  const auto all = read_notes(fixture("notes.json"));

  ASSERT_THAT(all, IsOk());
  ASSERT_THAT(all->rows, SizeIs(2));
  EXPECT_THAT(all->rows[0], testing::EndsWith("[px:abcdefghijkl]"));
}

TEST(Wire, AGrantListsItsScopes) {
  const auto grant = read_grant(fixture("introspection.json"));

  ASSERT_THAT(grant, IsOk());
  EXPECT_TRUE(grant->active);
  EXPECT_THAT(grant->scopes, ElementsAre("harvest:jobs:list", "harvest:applications:list"));
  EXPECT_EQ(grant->role, "site_admin");
}

TEST(Wire, ARefusalNamesParametersAndNothingElse) {
  EXPECT_THAT(refused_parameters(fixture("refused.json")), ElementsAre("per_page"));
  EXPECT_THAT(refused_parameters("<html>"), IsEmpty());
}

TEST(Wire, IdsAreWrittenAsWholeNumbers) {
  EXPECT_EQ(note_body("60022100444", "9007199254740993", "Hi\n\"x\""),
            R"({"candidate_id":60022100444,"application_id":9007199254740993,"note_type":"NOTE",)"
            R"("visibility":"public","body":"Hi\n\"x\""})");
  EXPECT_EQ(move_body("11925559006", "11925559007"),
            R"({"from_stage_id":11925559006,"to_stage_id":11925559007})");
  EXPECT_EQ(reject_body("701"), R"({"rejection_reason_id":701})");
  EXPECT_EQ(applied_tag_body("1", "555"), R"({"candidate_id":1,"candidate_tag_id":555})");
}

TEST(Wire, FieldsAreWrittenByKeyWithTheirValuesAsTheyAre) {
  EXPECT_EQ(fields_body({{"assessment_score", "82"}, {"level", R"(["a",1.50])"}}),
            R"({"custom_fields":[{"name_key":"assessment_score","value":82},)"
            R"({"name_key":"level","value":["a",1.5]}]})");
}

TEST(Wire, AValueTakesTheFormOfItsFieldsType) {
  EXPECT_EQ(json_of_text("number", "82.5"), "82.5");
  EXPECT_EQ(json_of_text("number", "many"), std::nullopt);
  EXPECT_EQ(json_of_text("yes_no", "Yes"), "true");
  EXPECT_EQ(json_of_text("yes_no", "82"), std::nullopt);
  EXPECT_EQ(json_of_text("short_text", "a\"b"), R"("a\"b")");
  EXPECT_EQ(json_of_text("user", "Ada"), std::nullopt);
}

TEST(Wire, AnIdIsAPositiveNumberOf64Bits) {
  EXPECT_TRUE(is_id("9223372036854775807"));
  for (const char* text : {"", "0", "-1", "+1", "1.0", "1e3", "9223372036854775808", "12a"})
    EXPECT_FALSE(is_id(text)) << text;
}

}  // namespace
}  // namespace praxisync::greenhouse
