#include "connectors/ashby/webhook.h"

#include <gmock/gmock.h>

#include "support/result_matchers.h"

namespace praxisync::ashby {
namespace {

using testing_support::FailsWith;
using testing_support::IsOk;

constexpr Timestamp kNow{Milliseconds{1'767'600'000'000}};

class AshbyWebhook : public testing::Test {
 protected:
  Result<connector::WebhookEvent> read(const std::string& signature) {
    const std::vector<http::Header> headers{{"ashby-signature", signature}};
    return read_webhook({headers, body}, secrets, kNow);
  }
  std::string digits(const std::string& secret) {
    return webhook_signature(body, WebhookSecret(secret)).text();
  }

  std::string body = R"({"action":"applicationUpdate","data":{"application":{"id":"3ae2"}}})";
  std::vector<WebhookSecret> secrets{WebhookSecret("old-token"), WebhookSecret("new-token")};
};

TEST_F(AshbyWebhook, IsKnownByEitherTokenAndHasNoId) {
  for (const char* secret : {"old-token", "new-token"}) {
    const auto event = read("sha256=" + digits(secret));

    ASSERT_THAT(event, IsOk());
    EXPECT_EQ(event->id, "");
    EXPECT_EQ(event->kind, "applicationUpdate");
    EXPECT_EQ(event->purpose, connector::WebhookPurpose::Event);
  }
}

TEST_F(AshbyWebhook, IsRefusedWhereItIsForged) {
  for (const std::string& signature :
       {std::string(), digits("new-token"), "sha256 " + digits("new-token"),
        "sha256=" + digits("another-token"), "sha512=" + digits("new-token")}) {
    EXPECT_THAT(read(signature), FailsWith(ErrorKind::Unauthorized)) << signature;
  }
}

TEST_F(AshbyWebhook, TheOneThatIsSentOnSavingIsATest) {
  body = R"({"action":"ping","data":{"webhookActionType":"ping"}})";

  const auto event = read("sha256=" + digits("old-token"));

  ASSERT_THAT(event, IsOk());
  EXPECT_EQ(event->purpose, connector::WebhookPurpose::Test);
}

}  // namespace
}  // namespace praxisync::ashby
