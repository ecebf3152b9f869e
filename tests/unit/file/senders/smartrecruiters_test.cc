#include "unit/file/senders/delivered.h"

namespace praxisync::senders {
namespace {

using testing::ElementsAre;

const std::string kKey = "HeBVky2bccvvkcXPimH8c";
const std::string kBody = R"({"job_id":"jid","candidate_id":"cid"})";
const std::string kDigits = "2e9291f10d44ca10204a4cd81b05d73b6a316b2b605d4e2e0e0b37b40198ce1f";
constexpr Timestamp kSigned{std::chrono::seconds{1'574'080'897}};

/// The vendor's own vector ('Generate a secret key' of its developer pages).
struct Delivery {
  std::string timestamp = "1574080897", id = "123", name = "application.created",
              version = "v201910", link = "<http://smartrecruiters.com/endpoint>; rel=self",
              signatures = "v1=" + kDigits;

  Result<connector::WebhookEvent> read(Timestamp now = kSigned,
                                       const std::string& body = kBody) const {
    std::vector<http::Header> headers;
    const auto add = [&](const char* header, const std::string& value) {
      if (!value.empty()) headers.push_back({header, value});
    };
    add("smartrecruiters-timestamp", timestamp);
    add("smartrecruiters-signature", signatures);
    add("event-id", id);
    add("event-name", name);
    add("event-version", version);
    add("Link", link);
    return delivered("smartrecruiters", headers, body, now, kKey);
  }
  std::string sign() const {
    return "v1=" +
           signature(timestamp + '.' + kBody + '.' + id + '.' + name + '.' + version + '.' + link,
                     kKey);
  }
};

TEST(SmartRecruiters, SignsAsItsVectorSays) {
  const auto event = Delivery().read();

  ASSERT_THAT(event, IsOk());
  EXPECT_EQ(event->kind, "application.created");
  EXPECT_EQ(event->id, "123");
  EXPECT_EQ(event->purpose, WebhookPurpose::Event);
  EXPECT_EQ(event->answer.status, 202);
}

TEST(SmartRecruiters, OneOfManySignaturesIsEnough) {
  Delivery delivery;
  delivery.signatures = "v1=" + std::string(64, '0') + ";v2=what;v1=" + kDigits;

  EXPECT_THAT(delivery.read(), IsOk());
}

TEST(SmartRecruiters, AHeaderThatIsMissingIsSignedAsNothing) {
  Delivery delivery;
  delivery.version = delivery.link = "";
  delivery.signatures = delivery.sign();

  EXPECT_THAT(delivery.read(), IsOk());
}

TEST(SmartRecruiters, IsRefusedWhereAnythingIsForged) {
  for (std::string Delivery::*part : {&Delivery::timestamp, &Delivery::id, &Delivery::name,
                                      &Delivery::version, &Delivery::link, &Delivery::signatures}) {
    Delivery changed;
    (changed.*part).back() = 'x';
    Delivery missing;
    (missing.*part).clear();

    EXPECT_THAT(changed.read(), FailsWith(ErrorKind::Unauthorized));
    EXPECT_THAT(missing.read(), FailsWith(ErrorKind::Unauthorized));
  }
  EXPECT_THAT(Delivery().read(kSigned, kBody + ' '), FailsWith(ErrorKind::Unauthorized));
}

TEST(SmartRecruiters, LooksAtAsManySignaturesAsThereCanBeKeys) {
  Delivery delivery;
  delivery.signatures.clear();
  for (int i = 0; i < 16; ++i) delivery.signatures += "v1=" + std::string(64, 'a') + ';';
  delivery.signatures += "v1=" + kDigits;

  EXPECT_THAT(delivery.read(), FailsWith(ErrorKind::Unauthorized));
}

TEST(SmartRecruiters, IsRefusedWhenItIsOldOrStillToCome) {
  using namespace std::chrono_literals;
  EXPECT_THAT(Delivery().read(kSigned + 24h), IsOk()) << "it is tried again for a day";
  EXPECT_THAT(Delivery().read(kSigned + 7 * 24h), FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(Delivery().read(kSigned - 10min), FailsWith(ErrorKind::Unauthorized));
  Delivery undated;
  undated.timestamp = "soon";
  undated.signatures = undated.sign();
  EXPECT_THAT(undated.read(), FailsWith(ErrorKind::Unauthorized));
}

TEST(SmartRecruiters, ASubscriptionIsSwitchedOnBySendingItsSecretBack) {
  const auto event = delivered("smartrecruiters", {{"x-hook-secret", "p4ss-back"}}, "", kSigned);

  ASSERT_THAT(event, IsOk());
  EXPECT_EQ(event->purpose, WebhookPurpose::Handshake);
  EXPECT_EQ(event->answer.status, 200);
  ASSERT_EQ(event->answer.headers.size(), 1U);
  EXPECT_EQ(event->answer.headers[0].name, "X-Hook-Secret");
  EXPECT_EQ(event->answer.headers[0].value, "p4ss-back");
}

TEST(SmartRecruiters, NothingElseIsSentBack) {
  for (const std::string& secret : {std::string(), std::string(257, 'a'), std::string("a b"),
                                    std::string("a\r\nb"), std::string("\xc3\xa9")}) {
    EXPECT_THAT(delivered("smartrecruiters", {{"X-Hook-Secret", secret}}, "", kSigned),
                FailsWith(ErrorKind::Unauthorized))
        << secret;
  }
}

}  // namespace
}  // namespace praxisync::senders
