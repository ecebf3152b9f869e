#include "http/base64.h"
#include "unit/file/senders/delivered.h"

namespace praxisync::senders {
namespace {

const std::string kTeamtailorBody =
    R"({"payload":{"event_name":"job_application.update","data":{"id":"1337","type":"job-applications"}}})";
constexpr Timestamp kTeamtailorSigned{std::chrono::seconds{1'701'234'567}};

std::string header_of(const std::string& digits, const std::string& time = "1701234567") {
  return http::base64("t=" + time + ",v2=" + digits);
}

Result<connector::WebhookEvent> teamtailor_sent(const std::string& header,
                                                const std::string& body = kTeamtailorBody,
                                                Timestamp now = kTeamtailorSigned) {
  return delivered("teamtailor", {{"TT-Signature", header}}, body, now);
}

// Made with openssl: dgst -sha256 -hmac s3cr3t, of the time, a dot and the body.
TEST(Teamtailor, SignsAsItsVectorSays) {
  const auto event = teamtailor_sent(
      header_of("820b61e6a154e3a03ac065f41e0fbc4d7714b109e5ed1ebdde77ac716bc1f296"));

  ASSERT_THAT(event, IsOk());
  EXPECT_EQ(event->kind, "job_application.update");
  EXPECT_EQ(event->id, "");
  EXPECT_EQ(event->purpose, WebhookPurpose::Event);
  EXPECT_EQ(event->answer.status, 200);
}

TEST(Teamtailor, IsReadWithoutItsEnvelopeToo) {
  const std::string body = R"({"event_name":"candidate.destroy","data":{"id":"7"}})";

  const auto event = teamtailor_sent(header_of(signature("1701234567." + body)), body);

  ASSERT_THAT(event, IsOk());
  EXPECT_EQ(event->kind, "candidate.destroy");
}

TEST(Teamtailor, TheSignatureAtTheEndOfABodyNeedNotBeSigned) {
  const std::string header = header_of(signature("1701234567." + kTeamtailorBody));
  const std::string body = kTeamtailorBody.substr(0, kTeamtailorBody.size() - 1) +
                           R"(,"signature":")" + header + R"("})";
  std::string forged = body;
  forged[forged.find("1337")] = '2';

  EXPECT_THAT(teamtailor_sent(header, body), IsOk());
  EXPECT_THAT(teamtailor_sent(header, forged), FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(teamtailor_sent(header, body + ' '), FailsWith(ErrorKind::Unauthorized));
}

TEST(Teamtailor, IsRefusedWhereItIsForged) {
  const std::string good = signature("1701234567." + kTeamtailorBody);
  for (const std::string& header :
       {std::string(), good, "t=1701234567,v2=" + good, header_of(signature(kTeamtailorBody)),
        header_of(good, "1701234568"), header_of(good, ""), http::base64("t=1701234567,v1=" + good),
        http::base64(good), header_of(signature("1701234567." + kTeamtailorBody, "another"))}) {
    EXPECT_THAT(teamtailor_sent(header), FailsWith(ErrorKind::Unauthorized)) << header;
  }
  EXPECT_THAT(teamtailor_sent(header_of(good), kTeamtailorBody + ' '),
              FailsWith(ErrorKind::Unauthorized));
}

TEST(Teamtailor, IsRefusedWhenItIsOldOrStillToCome) {
  using namespace std::chrono_literals;
  const std::string header = header_of(signature("1701234567." + kTeamtailorBody));
  EXPECT_THAT(teamtailor_sent(header, kTeamtailorBody, kTeamtailorSigned + 24h), IsOk());
  EXPECT_THAT(teamtailor_sent(header, kTeamtailorBody, kTeamtailorSigned + 7 * 24h),
              FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(teamtailor_sent(header, kTeamtailorBody, kTeamtailorSigned - 10min),
              FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(teamtailor_sent(header_of(signature("-1." + kTeamtailorBody), "-1")),
              FailsWith(ErrorKind::Unauthorized));
}

}  // namespace
}  // namespace praxisync::senders
