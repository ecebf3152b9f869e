#include "unit/file/senders/delivered.h"

namespace praxisync::senders {
namespace {

const std::string kRecruiteeMoved =
    R"({"event_type":"candidate_moved","event_subtype":"stage_changed","payload":{}})";

Result<connector::WebhookEvent> recruitee_sent(const std::string& body,
                                               const std::string& signature) {
  return delivered("recruitee", {{"x-recruitee-signature", signature}}, body, Timestamp());
}

TEST(Recruitee, IsKnownByTheSignatureOfItsBody) {
  const auto event = recruitee_sent(kRecruiteeMoved, signature(kRecruiteeMoved));

  ASSERT_THAT(event, IsOk());
  EXPECT_EQ(event->kind, "candidate_moved");
  EXPECT_EQ(event->id, "");
  EXPECT_EQ(event->purpose, WebhookPurpose::Event);
  EXPECT_EQ(event->answer.status, 200);
}

// Made with openssl: dgst -sha256 -hmac s3cr3t.
TEST(Recruitee, SignsAsItsVectorSays) {
  const auto event = recruitee_sent(
      R"({"test":true})", "fb5ae2ff34df84bac61e1fc1bd02da526cf29c8e0af411e2fb31c068315a97f9");

  ASSERT_THAT(event, IsOk());
  EXPECT_EQ(event->purpose, WebhookPurpose::Test);
}

TEST(Recruitee, IsAnsweredBeforeItsSecretIsKnown) {
  for (const std::string& none : {std::string(), signature(R"({"test":true})", "not-yet-ours")}) {
    const auto event = recruitee_sent(R"({"test":true})", none);

    ASSERT_THAT(event, IsOk());
    EXPECT_EQ(event->purpose, WebhookPurpose::Handshake);
  }
}

TEST(Recruitee, IsRefusedWhereItIsForged) {
  const std::string another = signature(kRecruiteeMoved, "another");
  for (const std::string& forged : {std::string(), another, signature(kRecruiteeMoved + ' ')})
    EXPECT_THAT(recruitee_sent(kRecruiteeMoved, forged), FailsWith(ErrorKind::Unauthorized))
        << forged;
  for (const char* body : {R"({"test":false})", R"({"test":"true"})", R"([{"test":true}])", "true"})
    EXPECT_THAT(recruitee_sent(body, ""), FailsWith(ErrorKind::Unauthorized)) << body;
}

}  // namespace
}  // namespace praxisync::senders
