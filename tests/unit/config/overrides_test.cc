#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/sample.h"

namespace praxisync::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Loaded read_with(const Environment& overrides, const std::string& toml = sample()) {
  Environment environment = sample_environment();
  environment.insert(overrides.begin(), overrides.end());
  return read_sample(toml, environment);
}

Config good(const Environment& overrides) {
  Loaded loaded = read_with(overrides);
  EXPECT_THAT(shown(loaded.problems), IsEmpty());
  return loaded.config.value_or(Config{});
}

TEST(Overrides, StandInForKeysOfSections) {
  const Config config = good({{"PRAXISYNC_ASSESS__BASE_URL", "https://other.example"},
                              {"PRAXISYNC_ASSESS__BULK_SIZE", "12"},
                              {"PRAXISYNC_ASSESS__MAX_WAIT", "5m"},
                              {"PRAXISYNC_STATE__PATH", "/var/lib/praxisync/state.db"},
                              {"PRAXISYNC_SAFETY__MAX_INVITES_PER_RUN", "9"}});

  EXPECT_EQ(config.assess.base_url, "https://other.example");
  EXPECT_EQ(config.assess.bulk_size, 12);
  EXPECT_EQ(config.assess.max_wait, std::chrono::minutes{5});
  EXPECT_EQ(config.state.path, "/var/lib/praxisync/state.db");
  EXPECT_EQ(config.safety.max_invites_per_run, 9);
}

TEST(Overrides, ReachConnectorsAndRoutesByName) {
  const Config config = good({{"PRAXISYNC_CONNECTOR__F__PATH", "/data/b.csv"},
                              {"PRAXISYNC_CONNECTOR__F__COLUMNS__EMAIL", "Mail"},
                              {"PRAXISYNC_CONNECTOR__GH_EU__PAGE_SIZE", "25"},
                              {"PRAXISYNC_ROUTE__R__SEND_EMAIL", "true"},
                              {"PRAXISYNC_ROUTE__R__ON_EXPIRED__REINVITE", "1"},
                              {"PRAXISYNC_ROUTE__R__ON_PASSED", "{ tag = \"ok\" }"}});

  EXPECT_EQ(config.connectors[0].settings.get("path"), "/data/b.csv");
  EXPECT_EQ(config.connectors[0].settings.table("columns").at("email"), "Mail");
  EXPECT_EQ(config.connectors[1].settings.get("page_size"), "25");
  EXPECT_EQ(config.routes[0].send_email, SendEmail::Yes);
  EXPECT_EQ(config.routes[0].on_expired.reinvite, 1);
  EXPECT_THAT(config.routes[0].on_passed.actions, ElementsAre(PolicyAction{ActionKind::Tag, "ok"}));
}

TEST(Overrides, GiveListsAsTomlOrBetweenCommas) {
  const Config config = good({{"PRAXISYNC_SAFETY__ALLOW_DOMAINS", "[\"example.com\", \"b.org\"]"},
                              {"PRAXISYNC_SAFETY__DENY_DOMAINS", "x.test, *.mail.test,"}});

  EXPECT_THAT(config.safety.domains.allow, ElementsAre("example.com", "b.org"));
  EXPECT_THAT(config.safety.domains.deny, ElementsAre("x.test", "*.mail.test"));
}

TEST(Overrides, AreTextWhereTextIsWanted) {
  const Config config = good({{"PRAXISYNC_ROUTE__R__ASSESSMENT", "2025"},
                              {"PRAXISYNC_ROUTE__R__JOB", "true"},
                              {"PRAXISYNC_ROUTE__R__STAGE", "\"Quoted\""}});

  EXPECT_EQ(config.routes[0].target.slug, "2025");
  EXPECT_EQ(config.routes[0].job, "true");
  EXPECT_EQ(config.routes[0].stage, "Quoted");
}

TEST(Overrides, CannotAddKeysByALineBreak) {
  const Loaded loaded = read_with({{"PRAXISYNC_ASSESS__BULK_SIZE", "5\nmax_wait = \"0s\""}});

  EXPECT_THAT(
      shown(loaded.problems),
      ElementsAre("environment variable PRAXISYNC_ASSESS__BULK_SIZE: \"bulk_size\" must be a "
                  "whole number, not text; for example: bulk_size = 100"));
}

TEST(Overrides, GiveASecretAsItIs) {
  const Config config = good({{"PRAXISYNC_ASSESS__API_KEY", "123456"},
                              {"PRAXISYNC_CONNECTOR__GH_EU__TOKEN", "{ env = \"KEY\" }"}});

  EXPECT_EQ(config.assess.api_key.reveal(), "123456");
  EXPECT_EQ(config.connectors[1].settings.secret("token").reveal(), "key-canary-7d1f");
}

TEST(Overrides, ThatNameNothingAreMistakes) {
  const Loaded loaded = read_with({{"PRAXISYNC_ASSES__BULK_SIZE", "1"},
                                   {"PRAXISYNC_CONNECTOR__F__PAHT", "x"},
                                   {"PRAXISYNC_QQ__WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "x"}});

  EXPECT_THAT(
      shown(loaded.problems),
      ElementsAre(
          "environment variable PRAXISYNC_ASSES__BULK_SIZE: no key of the config has this "
          "name; did you mean \"PRAXISYNC_ASSESS__BULK_SIZE\"?",
          "environment variable PRAXISYNC_CONNECTOR__F__PAHT: no key of the config has this "
          "name; did you mean \"PRAXISYNC_CONNECTOR__F__PATH\"?",
          "environment variable PRAXISYNC_QQ__WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW: no "
          "key of the config has this name; it would be PRAXISYNC_SECTION__KEY, or "
          "PRAXISYNC_CONNECTOR__NAME__KEY for a connector that the file names"));
}

TEST(Overrides, WithoutADoubleUnderscoreAreNotOurs) {
  const Loaded loaded = read_with({{"PRAXISYNC_PORT", "8080"}, {"OTHER__KEY", "1"}});

  EXPECT_THAT(shown(loaded.problems), IsEmpty());
}

TEST(Overrides, ThatFitTwoNamesAreMistakes) {
  const std::string toml =
      sample() + "[[connector]]\nname = \"gh_eu\"\ntype = \"ats\"\ntoken = { env = \"TOKEN\" }\n";

  const Loaded loaded = read_with({{"PRAXISYNC_CONNECTOR__GH_EU__REGION", "x"}}, toml);

  EXPECT_THAT(
      shown(loaded.problems),
      ElementsAre("environment variable PRAXISYNC_CONNECTOR__GH_EU__REGION: two names of the "
                  "config are spelt like this; rename one of them: '-' and '_' are the same "
                  "here, and so are A and a"));
}

TEST(Overrides, MendAMistakeOfTheFile) {
  const Loaded loaded =
      read_with({{"PRAXISYNC_ASSESS__BULK_SIZE", "5"}},
                sample_with(2, "base_url = \"https://praxicraft.com\"\nbulk_size = \"many\""));

  EXPECT_THAT(shown(loaded.problems), IsEmpty());
}

TEST(Overrides, StandInForASectionThatTheFileLacks) {
  const Loaded loaded = read_sample("", {{"PRAXISYNC_ASSESS__BASE_URL", "https://praxicraft.com"},
                                         {"PRAXISYNC_ASSESS__API_KEY", "key"}});

  ASSERT_TRUE(loaded.config.has_value());
  EXPECT_EQ(loaded.config->assess.base_url, "https://praxicraft.com");
}

}  // namespace
}  // namespace praxisync::config
