#include "connectors/lever/webhook.h"

#include <gmock/gmock.h>

#include "support/result_matchers.h"

namespace praxisync::lever {
namespace {

using connector::kWebhookClockAhead;
using connector::kWebhookMemory;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

constexpr Timestamp kNow{Milliseconds{1'795'140'000'123}};
const std::string kToken = "q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c2v3b5";

std::string signed_with(const std::string& secret, const std::string& text) {
  return webhook_signature(text, WebhookSecret(secret)).text();
}

std::string body_of(const std::string& token, const std::string& time, const std::string& signature,
                    const std::string& data = R"({"opportunityId":"5d1f"})") {
  return R"({"id":"w","event":"candidateStageChange","triggeredAt":)" + time + R"(,"data":)" +
         data + R"(,"token":")" + token + R"(","signature":")" + signature + R"("})";
}

/// Signed with `secret` at that time.
std::string genuine(Timestamp at, const std::string& secret = "new-token") {
  const std::string time = std::to_string(at.time_since_epoch().count());
  return body_of(kToken, time, signed_with(secret, kToken + time));
}

Result<connector::WebhookEvent> read(const std::string& body) {
  const std::vector<http::Header> none;
  const std::vector<WebhookSecret> secrets{WebhookSecret("old-token"), WebhookSecret("new-token")};
  return read_webhook({none, body}, secrets, kNow);
}

TEST(LeverWebhook, IsKnownByTheTokenAndTheTimeThatAreSigned) {
  for (const char* secret : {"old-token", "new-token"}) {
    const auto event = read(genuine(kNow, secret));

    ASSERT_THAT(event, IsOk());
    EXPECT_EQ(event->id, kToken);
    EXPECT_EQ(event->kind, "candidateStageChange");
    EXPECT_EQ(event->purpose, connector::WebhookPurpose::Event);
  }
}

TEST(LeverWebhook, IsRefusedWhereItIsForged) {
  const std::string time = "1795140000123";
  const std::string good = signed_with("new-token", kToken + time);
  for (const std::string& body :
       {std::string(), std::string("{}"), std::string("not JSON"), body_of(kToken, time, ""),
        body_of(kToken, time, signed_with("another", kToken + time)),
        body_of(kToken, time, signed_with("", kToken + time)),
        body_of(kToken, time, signed_with("new-token", kToken)),
        body_of(kToken, "1795140000124", good), body_of("x" + kToken, time, good),
        body_of(kToken, "1795140000123.0", good), body_of(kToken, "null", good)}) {
    EXPECT_THAT(read(body), FailsWith(ErrorKind::Unauthorized)) << body;
  }
}

TEST(LeverWebhook, TheEndOfTheTokenIsNotTakenForTheTime) {
  const std::string time = "1795140000123";
  const std::string good = signed_with("new-token", kToken + time);
  const std::string shorter = kToken.substr(0, kToken.size() - 1);

  EXPECT_THAT(read(body_of(shorter, kToken.back() + time, good)), FailsSaying("future"));
  EXPECT_THAT(read(body_of(kToken + "1", time.substr(1), good)), FailsSaying("too long ago"));
  EXPECT_THAT(read(body_of(shorter, '"' + (kToken.back() + time) + '"', good)),
              FailsWith(ErrorKind::Unauthorized));
}

TEST(LeverWebhook, IsFreshAsLongAsItIsRemembered) {
  EXPECT_THAT(read(genuine(kNow + kWebhookClockAhead)), IsOk());
  EXPECT_THAT(read(genuine(kNow + kWebhookClockAhead + Milliseconds{1})), FailsSaying("future"));
  const Timestamp oldest = kNow + kWebhookClockAhead - kWebhookMemory;
  EXPECT_THAT(read(genuine(oldest)), IsOk());
  EXPECT_THAT(read(genuine(oldest - Milliseconds{1})), FailsSaying("too long ago"));
}

TEST(LeverWebhook, TheOneOfTheTestButtonHasNoData) {
  const std::string time = "1795140000123";

  const auto event = read(body_of(kToken, time, signed_with("new-token", kToken + time), "{}"));

  ASSERT_THAT(event, IsOk());
  EXPECT_EQ(event->purpose, connector::WebhookPurpose::Test);
}

}  // namespace
}  // namespace praxisync::lever
