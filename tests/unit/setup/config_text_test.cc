#include "setup/config_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "config/config.h"
#include "connectors/all.h"
#include "support/result_matchers.h"

namespace praxisync::setup {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing_support::IsOk;

connector::ConnectorSpec spec_of(const std::string& type) {
  const auto all = all_connectors();
  return *std::ranges::find(all, type, &connector::ConnectorSpec::type);
}

/// What is needed and no more: each setting with a value of its type.
Answers answers_for(const connector::ConnectorSpec& spec) {
  Answers answers{.type = spec.type};
  for (const connector::SettingSpec& setting : spec.settings) {
    if (setting.need != connector::Need::Required) continue;
    const bool secret = setting.type == connector::SettingType::Secret;
    EXPECT_THAT(take(answers, setting, secret ? "env:SECRET" : "export.csv"), IsOk());
  }
  return answers;
}

config::Loaded read(const std::string& text) {
  return config::read(text, "/srv/praxisync.toml", all_connectors(),
                      {{"PRAXICRAFT_API_KEY", "key-canary"}, {"SECRET", "secret-canary"}});
}

Proposal sample_proposal() {
  return {.routes = {{"backend",
                      "Senior \"Backend\" \\ Engineer\n[x]",
                      "Technical Test",
                      {{TargetKind::Assessment, "senior-backend-screen"}, "A screen\n[y]"}},
                     {"grad", "Graduate", "Test", {{TargetKind::Pipeline, "grad"}, "Grad"}}},
          .doubts = {{"Sales\n[z]", "no stage looks like a test"}}};
}

TEST(ConfigText, OfEveryConnectorLoadsWithoutAWarning) {
  for (const connector::ConnectorSpec& spec : all_connectors()) {
    SCOPED_TRACE(spec.type);

    const config::Loaded loaded = read(config_text(answers_for(spec), spec, sample_proposal()));

    for (const config::Problem& problem : loaded.problems) ADD_FAILURE() << to_string(problem);
    for (const config::Problem& warning : loaded.warnings) ADD_FAILURE() << to_string(warning);
    ASSERT_TRUE(loaded.config.has_value());
    ASSERT_THAT(loaded.config->connectors, SizeIs(1));
    EXPECT_EQ(loaded.config->connectors[0].type, spec.type);
  }
}

TEST(ConfigText, KeepsNamesAsTheyAre) {
  const auto spec = spec_of("file");

  const config::Loaded loaded = read(config_text(answers_for(spec), spec, sample_proposal()));

  ASSERT_TRUE(loaded.config.has_value());
  const auto& routes = loaded.config->routes;
  ASSERT_THAT(routes, SizeIs(2));
  EXPECT_EQ(routes[0].job, "Senior \"Backend\" \\ Engineer\n[x]");
  EXPECT_EQ(routes[0].target, (Target{TargetKind::Assessment, "senior-backend-screen"}));
  EXPECT_EQ(routes[0].send_email, SendEmail::Yes);
  EXPECT_EQ(routes[1].target, (Target{TargetKind::Pipeline, "grad"}));
}

TEST(ConfigText, WritesWhatWasAnswered) {
  const auto spec = spec_of("file");
  Answers answers = answers_for(spec);
  answers.base_url = "http://127.0.0.1:8477";
  answers.api_key = {SecretPlace::Kind::Variable, "SECRET"};
  answers.connector = "export";
  ASSERT_THAT(take(answers, spec, "page_size=50"), IsOk());
  ASSERT_THAT(take(answers, spec, "columns.email=Candidate \"E-mail\""), IsOk());

  const config::Loaded loaded = read(config_text(answers, spec, {}));

  ASSERT_TRUE(loaded.config.has_value());
  EXPECT_EQ(loaded.config->assess.base_url, "http://127.0.0.1:8477");
  EXPECT_EQ(loaded.config->assess.api_key.reveal(), "secret-canary");
  const auto& connector = loaded.config->connectors.at(0);
  EXPECT_EQ(connector.name.text(), "export");
  EXPECT_EQ(connector.settings.get("page_size"), "50");
  EXPECT_EQ(connector.settings.table("columns").at("email"), "Candidate \"E-mail\"");
  EXPECT_THAT(loaded.config->routes, IsEmpty());
}

TEST(ConfigText, SaysWhatWasLeftOutAndWhatElseThereIs) {
  const auto spec = spec_of("greenhouse");

  const std::string text = config_text(answers_for(spec), spec, sample_proposal());

  EXPECT_THAT(text, HasSubstr("#   Sales?[z]: no stage looks like a test\n"));
  EXPECT_THAT(text, HasSubstr("\n# page_size = …\n"));
  EXPECT_THAT(text, Not(HasSubstr("One looks like this")));
  EXPECT_THAT(config_text(answers_for(spec), spec, {}), HasSubstr("One looks like this"));
}

TEST(ConfigText, ItsExampleOfARouteIsOneWithoutItsMarks) {
  const auto spec = spec_of("file");
  std::string text = config_text(answers_for(spec), spec, {});
  const auto from = text.find("# [[route]]");
  ASSERT_NE(from, std::string::npos);
  std::size_t at = from;
  while (text.compare(at, 2, "# ") == 0) {
    text.erase(at, 2);
    at = text.find('\n', at) + 1;
  }

  const config::Loaded loaded = read(text);

  for (const config::Problem& problem : loaded.problems) ADD_FAILURE() << to_string(problem);
  ASSERT_TRUE(loaded.config.has_value());
  EXPECT_THAT(loaded.config->routes, SizeIs(1));
}

TEST(ConfigText, IsTheSameForTheSameAnswers) {
  const auto spec = spec_of("lever");

  EXPECT_EQ(config_text(answers_for(spec), spec, sample_proposal()),
            config_text(answers_for(spec), spec, sample_proposal()));
}

}  // namespace
}  // namespace praxisync::setup
