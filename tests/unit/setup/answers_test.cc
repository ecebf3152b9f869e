#include "setup/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/result_matchers.h"

namespace praxisync::setup {
namespace {

using connector::Need;
using connector::SettingType;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing::UnorderedElementsAre;
using testing_support::IsOk;

connector::ConnectorSpec sample() {
  return {.type = "ats",
          .summary = "an account",
          .capabilities = {},
          .settings = {{"token", SettingType::Secret, Need::Required, "the credential"},
                       {"page_size", SettingType::Integer, Need::Optional, "rows"},
                       {"archived", SettingType::Boolean, Need::Optional, "old ones too"},
                       {"sweep", SettingType::Duration, Need::Optional, "how often"},
                       {"region", SettingType::Text, Need::Optional, "where"},
                       {"columns", SettingType::Table, Need::Optional, "names", "", {"email"}}},
          .make = {}};
}

TEST(SecretPlaces, AreVariablesOrFiles) {
  using Kind = SecretPlace::Kind;
  const std::vector<std::pair<std::string, SecretPlace>> table{
      {"env:LEVER_KEY", {Kind::Variable, "LEVER_KEY"}},
      {"LEVER_KEY", {Kind::Variable, "LEVER_KEY"}},
      {"file:key.txt", {Kind::File, "key.txt"}},
      {" /run/secrets/key ", {Kind::File, "/run/secrets/key"}},
      {"./key", {Kind::File, "./key"}}};
  for (const auto& [text, want] : table) {
    const auto place = parse_secret_place(text);
    ASSERT_THAT(place, IsOk()) << text;
    EXPECT_EQ(*place, want) << text;
    EXPECT_EQ(*parse_secret_place(to_string(*place)), want);
  }
}

TEST(SecretPlaces, AreNeverTheSecretItselfAndDoNotRepeatIt) {
  for (const char* text : {"ct_live_canary", "env:ct_live_canary", "canary-9f8e7d", "",
                           "env:", "file:", "9CANARY", "env:/etc/canary"}) {
    const auto place = parse_secret_place(text);
    ASSERT_FALSE(place) << text;
    EXPECT_THAT(place.error().what, HasSubstr("env:NAME"));
    EXPECT_THAT(place.error().what, Not(HasSubstr("anary")));
  }
}

TEST(Answers, TakeSettingsOfEveryType) {
  Answers answers;
  for (const char* text : {"token=env:TOKEN", "page_size=50", "archived=true", "sweep=24h",
                           "region=eu=west", "columns.email=Candidate Email"})
    EXPECT_THAT(take(answers, sample(), text), IsOk()) << text;

  EXPECT_THAT(answers.settings,
              UnorderedElementsAre(Pair("page_size", "50"), Pair("archived", "true"),
                                   Pair("sweep", "24h"), Pair("region", "eu=west")));
  EXPECT_EQ(answers.tables["columns"]["email"], "Candidate Email");
  EXPECT_EQ(answers.secrets["token"].name, "TOKEN");
}

struct Wrong {
  std::string name, text, said;
};
void PrintTo(const Wrong& row, std::ostream* out) { *out << row.name; }

class WrongAnswer : public testing::TestWithParam<Wrong> {};

TEST_P(WrongAnswer, IsRefusedWithWhatWouldBeRight) {
  Answers answers;

  const auto taken = take(answers, sample(), GetParam().text);

  ASSERT_FALSE(taken);
  EXPECT_THAT(taken.error().what, HasSubstr(GetParam().said));
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongAnswer,
    testing::Values(Wrong{"NoValue", "region", "NAME=VALUE"},
                    Wrong{"EmptyValue", "region=", "region needs a value"},
                    Wrong{"Misspelt", "regoin=eu", "did you mean region?"},
                    Wrong{"Unknown", "zzzzzzzz=1", "'praxisync connectors ats' lists them"},
                    Wrong{"NoNumber", "page_size=many", "page_size takes a whole number"},
                    Wrong{"NoTruth", "archived=perhaps", "archived takes true or false"},
                    Wrong{"NoDuration", "sweep=often", "sweep takes a duration"},
                    Wrong{"WholeTable", "columns=Mail", "columns is a table"},
                    Wrong{"NoTable", "region.x=eu", "region is no table"},
                    Wrong{"NoSuchKey", "columns.emial=Mail", "did you mean email?"},
                    Wrong{"TheSecret", "token=abc", "token: say where the secret is"}),
    [](const auto& row) { return row.param.name; });

TEST(Answers, KnowTheUsualVariableOfASetting) {
  EXPECT_EQ(usual_variable("greenhouse", "client_id"), "GREENHOUSE_CLIENT_ID");
}

}  // namespace
}  // namespace praxisync::setup
