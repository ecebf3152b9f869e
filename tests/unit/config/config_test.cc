#include "config/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/sample.h"

namespace praxisync::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Config good(const std::string& toml) {
  Loaded loaded = read_sample(toml);
  EXPECT_THAT(shown(loaded.problems), IsEmpty());
  return loaded.config.value_or(Config{});
}

std::string sample_plus(const std::string& text) { return sample_with(18, text); }

TEST(Config, HasUsefulDefaults) {
  const Config config = good(sample());

  EXPECT_EQ(config.assess.base_url, "https://praxicraft.com");
  EXPECT_EQ(config.assess.bulk_size, 100);
  EXPECT_EQ(config.assess.settle_after, std::chrono::minutes{10});
  EXPECT_EQ(config.assess.full_sweep, std::chrono::hours{24});
  EXPECT_EQ(config.assess.max_wait, std::chrono::seconds{30});
  EXPECT_EQ(config.assess.ca_file, std::nullopt);
  EXPECT_EQ(config.state.path, "/var/lib/praxisync/praxisync.db");
  EXPECT_EQ(config.safety.max_invites_per_run, 500);
  EXPECT_EQ(config.safety.domains, EmailDomains{});
  EXPECT_EQ(config.schedule, std::nullopt);
  const Route& route = config.routes.at(0);
  EXPECT_EQ(route.send_email, SendEmail::No);
  EXPECT_EQ(route.cancel_when_left, CancelWhenLeft::No);
  EXPECT_EQ(route.remind_after, std::nullopt);
  EXPECT_EQ(route.on_passed, Policy{});
}

TEST(Config, TakesEveryKeyOfItsOwnSections) {
  const Config config =
      good(sample_with(2,
                       "base_url = \"https://Assess.Example:8443/\"\nbulk_size = 7\n"
                       "settle_after = \"1h30m\"\nfull_sweep = \"7d\"\nmax_wait = \"0s\"\n"
                       "ca_file = \"certs/own.pem\"") +
           "[state]\npath = \"../var/state.db\"\n[safety]\nmax_invites_per_run = 3\n"
           "allow_domains = [\"example.com\", \" *.example.com \"]\ndeny_domains = [\"x.test\"]\n");

  EXPECT_EQ(config.assess.base_url, "https://assess.example:8443");
  EXPECT_EQ(config.assess.bulk_size, 7);
  EXPECT_EQ(config.assess.settle_after, std::chrono::minutes{90});
  EXPECT_EQ(config.assess.full_sweep, std::chrono::hours{168});
  EXPECT_EQ(config.assess.max_wait, Milliseconds{0});
  EXPECT_EQ(config.assess.ca_file, "/etc/praxisync/certs/own.pem");
  EXPECT_EQ(config.state.path, "/etc/var/state.db");
  EXPECT_EQ(config.safety.max_invites_per_run, 3);
  EXPECT_EQ(config.safety.domains,
            (EmailDomains{.allow = {"example.com", "*.example.com"}, .deny = {"x.test"}}));
}

TEST(Config, GivesConnectorsTheirSettings) {
  const Config config = good(
      sample_with(7,
                  "path = \"in/a.csv\"\nseparator = \"\\t\"\n"
                  "columns = { email = \"E-mail\", stage = \"Step\" }\nlabels = { any = \"x\" }") +
      "[[connector]]\nname = \"third\"\ntype = \"ats\"\ntoken = { env = \"TOKEN\" }\n"
      "page_size = 50\narchived = false\nregion = \"eu\"\n");

  ASSERT_EQ(config.connectors.size(), 3u);
  const ConnectorConfig& file = config.connectors[0];
  EXPECT_EQ(file.name, ConnectorName("f"));
  EXPECT_EQ(file.type, "file");
  EXPECT_EQ(file.where.line, 4);
  EXPECT_EQ(file.settings.instance(), ConnectorName("f"));
  EXPECT_EQ(file.settings.get("path"), "/etc/praxisync/in/a.csv");
  EXPECT_EQ(file.settings.get("separator"), "\t");
  EXPECT_THAT(file.settings.table("columns"),
              ElementsAre(testing::Pair("email", "E-mail"), testing::Pair("stage", "Step")));
  EXPECT_THAT(file.settings.table("labels"), ElementsAre(testing::Pair("any", "x")));
  const connector::Settings& third = config.connectors[2].settings;
  EXPECT_EQ(third.get("page_size"), "50");
  EXPECT_EQ(third.get("archived"), "false");
  EXPECT_EQ(third.get("region"), "eu");
  EXPECT_EQ(third.secret("token").reveal(), "token-canary-93ab");
}

TEST(Config, GivesRoutesTheirPolicies) {
  const Config config = good(
      sample_plus("send_email = true\nrole = \"{job}\"\nremind_after = \"72h\"\nmax_reminders = 2\n"
                  "cancel_when_left = true\n"
                  "on_passed = { move_to = \"Onsite\", note = true, tag = \"ok\", link = true,"
                  " field = [{ name = \"S\", value = \"{score}\" }, { name = \"V\", value = "
                  "\"{verdict}\" }] }\n"
                  "on_failed = { note = \"{score} of 100\", link = false, reject = \"no\" }\n"
                  "on_expired = { note = true, reinvite = 2 }\n"));

  const Route& route = config.routes.at(0);
  EXPECT_EQ(route.name, RouteName("r"));
  EXPECT_EQ(route.connector, ConnectorName("f"));
  EXPECT_EQ(route.target, (Target{TargetKind::Assessment, "slug"}));
  EXPECT_EQ(route.send_email, SendEmail::Yes);
  EXPECT_EQ(route.role, "{job}");
  EXPECT_EQ(route.remind_after, std::chrono::hours{72});
  EXPECT_EQ(route.max_reminders, 2);
  EXPECT_EQ(route.cancel_when_left, CancelWhenLeft::Yes);
  EXPECT_THAT(
      route.on_passed.actions,
      ElementsAre(PolicyAction{ActionKind::Note, "Assessment {assessment}: {verdict}, {score} %."},
                  PolicyAction{ActionKind::Tag, "ok"},
                  PolicyAction{ActionKind::Field, "{score}", "S"},
                  PolicyAction{ActionKind::Field, "{verdict}", "V"},
                  PolicyAction{ActionKind::Link, "{report_url}"},
                  PolicyAction{ActionKind::Move, "Onsite"}));
  EXPECT_THAT(route.on_failed.actions, ElementsAre(PolicyAction{ActionKind::Note, "{score} of 100"},
                                                   PolicyAction{ActionKind::Reject, "no"}));
  EXPECT_THAT(route.on_expired.actions,
              ElementsAre(PolicyAction{ActionKind::Note, "Assessment {assessment}: {verdict}."}));
  EXPECT_EQ(route.on_expired.reinvite, 2);
  EXPECT_EQ(config.route_places.at(RouteName("r")).line, 12);
}

TEST(Config, SendsARouteIntoAPipeline) {
  const Config config = good(sample_with(17, "pipeline = \"grad-2025\""));

  EXPECT_EQ(config.routes.at(0).target, (Target{TargetKind::Pipeline, "grad-2025"}));
}

TEST(Config, WarnsOfKeysWithoutEffect) {
  const Loaded loaded = read_sample(
      sample_with(17, "pipeline = \"p\"\nsend_email = true\nrole = \"x\"\nmax_reminders = 1"));

  EXPECT_TRUE(loaded.config.has_value());
  EXPECT_THAT(
      shown(loaded.warnings),
      ElementsAre(
          "praxisync.toml:18:1: \"send_email\" does nothing with a pipeline; a pipeline "
          "sends its invitations itself",
          "praxisync.toml:19:1: \"role\" does nothing with a pipeline; an enrollment has no "
          "role",
          "praxisync.toml:20:1: \"max_reminders\" does nothing without \"remind_after\"; "
          "add remind_after = \"72h\""));
}

TEST(Config, WarnsWhenThereIsNoRoute) {
  const Loaded loaded =
      read_sample("[assess]\nbase_url = \"https://praxicraft.com\"\napi_key = { env = \"KEY\" }\n");

  EXPECT_TRUE(loaded.config.has_value());
  EXPECT_THAT(
      shown(loaded.warnings),
      ElementsAre("praxisync.toml: there is no [[route]]: nobody will be invited; add one"));
}

TEST(Config, AllowsPlainHttpOnLoopback) {
  for (const std::string host : {"127.0.0.1:8080", "localhost:8080", "[::1]:8080"}) {
    const Config config = good(sample_with(2, "base_url = \"http://" + host + "\""));

    EXPECT_EQ(config.assess.base_url, "http://" + host);
  }
}

TEST(Config, TakesRelativePathsFromItsOwnFolder) {
  const ScratchFolder folder;
  const auto file = folder.write("praxisync.toml", sample());

  const Loaded loaded = load(file, sample_specs(), sample_environment());

  ASSERT_TRUE(loaded.config.has_value());
  EXPECT_EQ(loaded.config->source, file);
  EXPECT_EQ(loaded.config->state.path, folder.path() / "praxisync.db");
  EXPECT_EQ(loaded.config->connectors[0].settings.get("path"), (folder.path() / "a.csv").string());
}

}  // namespace
}  // namespace praxisync::config
