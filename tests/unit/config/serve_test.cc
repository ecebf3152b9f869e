#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/sample.h"

namespace praxisync::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kOld = "old-webhook-canary-6f1c-9b2e";
constexpr const char* kNew = "new-webhook-canary-0a77-41d3";

/// The sample with a type of connector that receives webhooks.
Loaded read_it(const std::string& toml, Environment more = {}) {
  std::vector<connector::ConnectorSpec> specs = sample_specs();
  specs[1].settings.push_back(connector::webhook_secrets("of its webhooks"));
  Environment environment = sample_environment();
  environment["OLD"] = kOld;
  environment["NEW"] = kNew;
  environment.merge(more);
  return read(toml, "/etc/praxisync/praxisync.toml", specs, environment);
}

TEST(Serve, AnswersOnTheLoopbackUnlessTold) {
  const Loaded loaded = read_it(sample());

  ASSERT_TRUE(loaded.config.has_value());
  EXPECT_EQ(loaded.config->serve.listen.host, "127.0.0.1");
  EXPECT_EQ(loaded.config->serve.listen.port, 8377);
  EXPECT_TRUE(loaded.config->serve.token.empty());
  EXPECT_THAT(loaded.config->serve.webhook_secrets, IsEmpty());
}

struct ListenCase {
  std::string name, text, host;
  int port;
  bool loopback;
};
void PrintTo(const ListenCase& row, std::ostream* out) { *out << row.name; }
class ServeListen : public testing::TestWithParam<ListenCase> {};

TEST_P(ServeListen, TakesAnAddressAndAPort) {
  const Loaded loaded = read_it(sample_with(18, "[serve]\nlisten = \"" + GetParam().text + "\""));

  ASSERT_TRUE(loaded.config.has_value());
  EXPECT_EQ(loaded.config->serve.listen.host, GetParam().host);
  EXPECT_EQ(loaded.config->serve.listen.port, GetParam().port);
  EXPECT_EQ(loaded.config->serve.listen.loopback(), GetParam().loopback);
}
INSTANTIATE_TEST_SUITE_P(
    Table, ServeListen,
    testing::Values(ListenCase{"Loopback", "127.0.0.1:0", "127.0.0.1", 0, true},
                    ListenCase{"AnotherLoopback", "127.8.0.1:80", "127.8.0.1", 80, true},
                    ListenCase{"Name", "localhost:65535", "localhost", 65535, true},
                    ListenCase{"SixLoopback", "[::1]:8377", "::1", 8377, true},
                    ListenCase{"Six", "[::]:8377", "::", 8377, false},
                    ListenCase{"Everywhere", "0.0.0.0:9000", "0.0.0.0", 9000, false}),
    [](const auto& row) { return row.param.name; });

TEST(Serve, RefusesWhatIsNoAddressAndPort) {
  for (const char* text :
       {"8377", ":8377", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
        "127.0.0.1:80x", "::1:8377", "[::1:8377", "[127.0.0.1]:1", "example.com:80",
        "127.0.0.1 :80", "https://127.0.0.1:80"}) {
    const Loaded loaded =
        read_it(sample_with(18, std::string("[serve]\nlisten = \"") + text + '"'));

    EXPECT_THAT(
        shown(loaded.problems),
        ElementsAre("praxisync.toml:19:10: \"listen\" is no address and port; write it like "
                    "\"127.0.0.1:8377\", \"0.0.0.0:8377\" or \"[::1]:8377\""))
        << text;
  }
}

TEST(Serve, HoldsSeveralWebhookSecretsWhileOneIsBeingChanged) {
  const ScratchFolder folder;
  const auto file = folder.write("hook.secret", std::string(kNew) + "\n");
  std::filesystem::permissions(file, std::filesystem::perms{0600});
  const Loaded loaded =
      read_it(sample_with(18,
                          "[serve]\ntoken = { env = \"KEY\" }\nwebhook_secrets = [{ env = "
                          "\"OLD\" }, { file = \"" +
                              file.string() + "\" }]"));

  ASSERT_TRUE(loaded.config.has_value());
  EXPECT_EQ(loaded.config->serve.token.reveal(), "key-canary-7d1f");
  EXPECT_THAT(loaded.config->serve.webhook_secrets, ElementsAre(ApiKey(kOld), ApiKey(kNew)));
  EXPECT_THAT(loaded.config->secrets, testing::IsSupersetOf({ApiKey(kOld), ApiKey(kNew)}));
  EXPECT_THAT(shown(loaded.warnings), IsEmpty());
}

TEST(Serve, TakesOneSecretWithoutBrackets) {
  const Loaded loaded = read_it(sample_with(18, "[serve]\nwebhook_secrets = { env = \"OLD\" }"));

  ASSERT_TRUE(loaded.config.has_value());
  EXPECT_THAT(loaded.config->serve.webhook_secrets, ElementsAre(ApiKey(kOld)));
}

TEST(Serve, TakesSecretsFromAnOverride) {
  const Loaded one = read_it(sample(), {{"PRAXISYNC_SERVE__WEBHOOK_SECRETS", kNew}});
  const Loaded two = read_it(
      sample(), {{"PRAXISYNC_SERVE__WEBHOOK_SECRETS", R"([{ env = "OLD" }, { env = "NEW" }])"}});

  ASSERT_TRUE(one.config.has_value() && two.config.has_value());
  EXPECT_THAT(one.config->serve.webhook_secrets, ElementsAre(ApiKey(kNew)));
  EXPECT_THAT(two.config->serve.webhook_secrets, ElementsAre(ApiKey(kOld), ApiKey(kNew)));
}

TEST(Serve, AConnectorHasWebhookSecretsToo) {
  const Loaded loaded = read_it(
      sample_with(11, "token = { env = \"TOKEN\" }\nwebhook_secrets = [{ env = \"NEW\" }]"));

  ASSERT_TRUE(loaded.config.has_value());
  EXPECT_THAT(loaded.config->connectors[1].settings.secrets("webhook_secrets"),
              ElementsAre(ApiKey(kNew)));
  EXPECT_THAT(loaded.config->secrets, testing::Contains(ApiKey(kNew)));
}

struct SecretsCase {
  std::string name, value, want;
};
void PrintTo(const SecretsCase& row, std::ostream* out) { *out << row.name; }
class ServeSecrets : public testing::TestWithParam<SecretsCase> {};

TEST_P(ServeSecrets, AreRefusedWithTheirPlaceAndNeverShown) {
  const Loaded loaded = read_it(sample_with(18, "[serve]\nwebhook_secrets = " + GetParam().value));

  EXPECT_THAT(shown(loaded.problems), ElementsAre("praxisync.toml:19:" + GetParam().want));
}
INSTANTIATE_TEST_SUITE_P(
    Table, ServeSecrets,
    testing::Values(
        SecretsCase{"Empty", "[]",
                    "19: \"webhook_secrets\" is empty; take it out, or write webhook_secrets = [{ "
                    "env = \"NAME\" }]"},
        SecretsCase{"WrittenDown", R"([{ env = "OLD" }, "canary"])",
                    "37: a secret is never written into the config; use webhook_secrets = { env = "
                    "\"NAME\" } or webhook_secrets = { file = \"/path\" }"},
        SecretsCase{"Unset", R"([{ env = "OLDER" }])",
                    "20: the environment variable OLDER is not set; set it, or OLDER_FILE to "
                    "the path of a file that holds the secret"}),
    [](const auto& row) { return row.param.name; });

TEST(Serve, WarnsOfASecretThatCanBeGuessed) {
  const Loaded loaded = read_it(sample_with(18, "[serve]\nwebhook_secrets = [{ env = \"KEY\" }]"));

  EXPECT_THAT(shown(loaded.warnings),
              ElementsAre("praxisync.toml:19:20: a secret that signs should have 24 characters or "
                          "more; make a longer one, and name both while it is changed"));
}

TEST(Serve, NoConnectorThatReceivesIsNamedLikeTheAssessApi) {
  const std::string toml =
      sample_with(9, "name = \"assess\"\nwebhook_secrets = [{ env = \"NEW\" }]");

  EXPECT_THAT(shown(read_it(toml).problems),
              ElementsAre("praxisync.toml:9:8: /hooks/assess is where the Assess API's webhooks "
                          "come in; give a connector that receives webhooks another name"));
  EXPECT_THAT(shown(read_it(sample_with(9, "name = \"assess\"")).problems), IsEmpty());
}

}  // namespace
}  // namespace praxisync::config
