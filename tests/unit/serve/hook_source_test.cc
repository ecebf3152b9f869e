#include "serve/hook_source.h"

#include <gmock/gmock.h>

#include "connectors/all.h"
#include "support/result_matchers.h"

namespace praxisync::serve {
namespace {

using connector::WebhookPurpose;
using testing::ElementsAre;
using testing::IsEmpty;
using testing_support::FailsWith;
using testing_support::IsOk;

config::ConnectorConfig connector_of(const std::string& name, const std::string& type,
                                     std::vector<ApiKey> secrets) {
  connector::Settings settings{ConnectorName(name)};
  settings.set_secrets(connector::kWebhookSecrets, std::move(secrets));
  return {ConnectorName(name), type, std::move(settings), {}};
}

TEST(HookSources, AreThoseWhoseSecretsTheConfigGives) {
  config::Config config;
  config.serve.webhook_secrets = {ApiKey("a"), ApiKey("b")};
  config.connectors = {
      connector_of("gh", "greenhouse", {ApiKey("c")}), connector_of("lv", "lever", {ApiKey("d")}),
      connector_of("quiet", "ashby", {}), connector_of("export", "file", {ApiKey("e")}),
      connector_of("told", "file", {ApiKey("f")})};
  config.connectors.back().settings.set("webhooks_from", "workable");

  const auto sources = hook_sources(config, all_connectors());

  std::vector<std::string> names;
  for (const HookSource& source : sources) names.push_back(source.name);
  EXPECT_THAT(names, ElementsAre("assess", "gh", "lv", "told"));
  EXPECT_THAT(sources[0].secrets, ElementsAre(WebhookSecret("a"), WebhookSecret("b")));
  EXPECT_THAT(hook_sources({}, all_connectors()), IsEmpty());
}

TEST(HookSources, EveryConnectorThatHasWebhookSecretsReads) {
  for (const connector::ConnectorSpec& spec : all_connectors()) {
    const bool asks = std::ranges::any_of(spec.settings, [](const connector::SettingSpec& setting) {
      return setting.name == connector::kWebhookSecrets;
    });
    EXPECT_EQ(asks, static_cast<bool>(spec.webhooks.reader)) << spec.type;
  }
}

class AssessWebhook : public testing::Test {
 protected:
  Result<connector::WebhookEvent> read(const std::string& body, const std::string& secret) {
    const std::vector<http::Header> headers{
        {"X-Praxicraft-Signature", webhook_signature(body, WebhookSecret(secret)).text()}};
    return read_assess_webhook({headers, body}, secrets, Timestamp());
  }
  std::vector<WebhookSecret> secrets{WebhookSecret("whsec_old"), WebhookSecret("whsec_new")};
};

TEST_F(AssessWebhook, SaysWhoseResultsToRead) {
  const auto event =
      read(R"({"event":"candidate.passed","created_at":"2026-01-05T08:00:00Z",)"
           R"("data":{"assessment_slug":"backend","candidate_email":"jane@example.com"}})",
           "whsec_old");

  ASSERT_THAT(event, IsOk());
  EXPECT_EQ(event->kind, "candidate.passed");
  EXPECT_EQ(event->part, "backend");
  EXPECT_EQ(event->purpose, WebhookPurpose::Event);
}

TEST_F(AssessWebhook, KnowsItsTest) {
  const auto event = read(R"({"event":"webhook.test","data":{"message":"hello"}})", "whsec_new");

  ASSERT_THAT(event, IsOk());
  EXPECT_EQ(event->purpose, WebhookPurpose::Test);
}

TEST_F(AssessWebhook, IsAnEventEvenWhereItCannotBeRead) {
  for (const char* body : {"{}", "[]", "not JSON", R"({"event":5,"data":{"assessment_slug":[]}})",
                           R"({"event":"x","data":"y"})"}) {
    const auto event = read(body, "whsec_new");

    ASSERT_THAT(event, IsOk()) << body;
    EXPECT_EQ(event->part, "");
    EXPECT_EQ(event->purpose, WebhookPurpose::Event);
  }
}

TEST_F(AssessWebhook, IsRefusedWhereNoSecretOfOursSignedIt) {
  EXPECT_THAT(read("{}", "another"), FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(read("{}", ""), FailsWith(ErrorKind::Unauthorized));
  secrets.clear();
  EXPECT_THAT(read("{}", "whsec_new"), FailsWith(ErrorKind::Unauthorized));
}

}  // namespace
}  // namespace praxisync::serve
