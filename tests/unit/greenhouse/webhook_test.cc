#include "connectors/greenhouse/webhook.h"

#include <gmock/gmock.h>

#include "support/result_matchers.h"

namespace praxisync::greenhouse {
namespace {

using connector::WebhookPurpose;
using testing_support::FailsWith;
using testing_support::IsOk;

constexpr Timestamp kNow{Milliseconds{1'767'600'000'000}};

class GreenhouseWebhook : public testing::Test {
 protected:
  Result<connector::WebhookEvent> read(const std::string& signature) {
    std::vector<http::Header> headers{{"Content-Type", "application/json"},
                                      {"Greenhouse-Event-ID", "e-17"}};
    if (!signature.empty()) headers.push_back({"signature", signature});
    return read_webhook({headers, body}, secrets, kNow);
  }
  std::string digits(const std::string& secret) {
    return webhook_signature(body, WebhookSecret(secret)).text();
  }

  // The vendor escapes characters before it signs: 'Webhooks'.
  std::string body = R"({"action":"candidate_stage_change","payload":{"name":"a \u003c b"}})";
  std::vector<WebhookSecret> secrets{WebhookSecret("old-secret"), WebhookSecret("new-secret")};
};

TEST_F(GreenhouseWebhook, IsKnownByEitherSecretWhileOneIsBeingChanged) {
  for (const char* secret : {"old-secret", "new-secret"}) {
    const auto event = read("sha256 " + digits(secret));

    ASSERT_THAT(event, IsOk());
    EXPECT_EQ(event->id, "e-17");
    EXPECT_EQ(event->kind, "candidate_stage_change");
    EXPECT_EQ(event->purpose, WebhookPurpose::Event);
  }
}

TEST_F(GreenhouseWebhook, IsRefusedWhereItIsForged) {
  for (const std::string& signature :
       {std::string(), std::string("sha256 "), digits("new-secret"),
        "sha256=" + digits("new-secret"), "sha1 " + digits("new-secret"),
        "sha256 " + digits("another-secret"), "sha256 " + digits(""),
        "sha256 " + digits("new-secret") + "0"}) {
    EXPECT_THAT(read(signature), FailsWith(ErrorKind::Unauthorized)) << signature;
  }
}

TEST_F(GreenhouseWebhook, IsRefusedWithTheSignatureOfAnotherBody) {
  const std::string signature = "sha256 " + digits("new-secret");
  body = R"({"action":"candidate_stage_change","payload":{"name":"a < b"}})";

  EXPECT_THAT(read(signature), FailsWith(ErrorKind::Unauthorized));
}

TEST_F(GreenhouseWebhook, IsRefusedWithTwoSignatures) {
  const std::string signature = "sha256 " + digits("new-secret");
  const std::vector<http::Header> headers{{"Signature", signature}, {"Signature", signature}};

  EXPECT_THAT(read_webhook({headers, body}, secrets, kNow), FailsWith(ErrorKind::Unauthorized));
}

TEST_F(GreenhouseWebhook, TheOneThatIsSentOnSavingIsATest) {
  body = R"({"action":"ping","web_hook_id":7})";

  const auto event = read("sha256 " + digits("new-secret"));

  ASSERT_THAT(event, IsOk());
  EXPECT_EQ(event->purpose, WebhookPurpose::Test);
}

TEST_F(GreenhouseWebhook, IsAnEventEvenWhereItCannotBeRead) {
  for (const char* text : {"", "not JSON", "[]", R"({"action":7})", R"({"payload":{}})"}) {
    body = text;

    const auto event = read("sha256 " + digits("new-secret"));

    ASSERT_THAT(event, IsOk()) << text;
    EXPECT_EQ(event->kind, "");
    EXPECT_EQ(event->purpose, WebhookPurpose::Event);
  }
}

}  // namespace
}  // namespace praxisync::greenhouse
