#include "http/origin_gate.h"

#include <gtest/gtest.h>

#include "support/result_matchers.h"
#include "unit/http/scripted_transport.h"

namespace praxisync::http {
namespace {

using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

const Origin kApi{"https", "api.example.com", 443};

/// A gate that holds a key, before a network that keeps what reaches it.
struct Gated {
  explicit Gated(Credentials credentials =
                     [] {
                       return Result<std::vector<Credential>>({bearer(ApiKey("pk_live_canary"))});
                     })
      : gate(network, kApi, std::move(credentials)) {}

  ScriptedTransport network{{status(200)}};
  OriginGate gate;
};

TEST(OriginGate, AttachesTheCredentialToItsOwnOrigin) {
  Gated gated;

  ASSERT_THAT(gated.gate.send({.url = "https://API.example.com:443/v1?x=1",
                               .headers = {{"Accept", "application/json"}}}),
              IsOk());

  ASSERT_EQ(gated.network.sent.size(), 1U);
  EXPECT_EQ(gated.network.sent[0].headers,
            (std::vector<Header>{{"Accept", "application/json"},
                                 {"Authorization", "Bearer pk_live_canary"}}));
}

struct EvilUrlCase {
  std::string name, url;
};
void PrintTo(const EvilUrlCase& row, std::ostream* out) { *out << row.name; }
class EvilUrl : public testing::TestWithParam<EvilUrlCase> {};

TEST_P(EvilUrl, GetsNoRequestAtAll) {
  Gated gated;

  EXPECT_THAT(gated.gate.send({.url = GetParam().url}), FailsWith(ErrorKind::Fatal));

  EXPECT_TRUE(gated.network.sent.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Table, EvilUrl,
    testing::Values(EvilUrlCase{"OtherHost", "https://evil.example/"},
                    EvilUrlCase{"AsPrefix", "https://api.example.com.evil.example/"},
                    EvilUrlCase{"Subdomain", "https://evil.api.example.com/"},
                    EvilUrlCase{"Parent", "https://example.com/"},
                    EvilUrlCase{"OtherPort", "https://api.example.com:444/"},
                    EvilUrlCase{"PlainHttp", "http://api.example.com/"},
                    EvilUrlCase{"OtherScheme", "ftp://api.example.com/"},
                    EvilUrlCase{"OursAsUserName", "https://api.example.com@evil.example/"},
                    EvilUrlCase{"OursWithPortAsUserName",
                                "https://api.example.com:443@evil.example:443/"},
                    EvilUrlCase{"UserNameAtOurs", "https://evil@api.example.com/"},
                    EvilUrlCase{"SchemeRelative", "//evil.example/"},
                    EvilUrlCase{"SchemeRelativeToOurs", "//api.example.com/"},
                    EvilUrlCase{"PathAlone", "/v1/relative"}, EvilUrlCase{"Empty", ""},
                    EvilUrlCase{"Backslash", "https://api.example.com\\.evil.example/"},
                    EvilUrlCase{"BackslashesForSlashes", "HTTPS:\\\\api.example.com\\"},
                    EvilUrlCase{"NoSlashes", "https:api.example.com"},
                    EvilUrlCase{"TrailingDot", "https://api.example.com./"},
                    EvilUrlCase{"Homograph", "https://\xd0\xb0pi.example.com/"},
                    EvilUrlCase{"HomographInPunycode", "https://xn--pi-6kc.example.com/"},
                    EvilUrlCase{"Ipv6Loopback", "https://[::1]/"},
                    EvilUrlCase{"Loopback", "http://127.0.0.1/"},
                    EvilUrlCase{"EncodedSlash", "https://api.example.com%2f.evil.example/"},
                    EvilUrlCase{"EncodedNul", "https://api.example.com%00.evil.example/"},
                    EvilUrlCase{"Tab", "https://api.example.com\t/"},
                    EvilUrlCase{"LineBreak", "https://api.example.com/\r\nHost: evil.example"},
                    EvilUrlCase{"SpaceInFront", " https://api.example.com/"},
                    EvilUrlCase{"Fragment", "https://api.example.com/#x"}),
    [](const auto& row) { return row.param.name; });

class ReservedHeader : public testing::TestWithParam<std::string> {};

TEST_P(ReservedHeader, IsRefusedOnARequestFromAbove) {
  Gated gated;

  EXPECT_THAT(gated.gate.send({.url = "https://api.example.com/", .headers = {{GetParam(), "x"}}}),
              FailsWith(ErrorKind::Fatal));

  EXPECT_TRUE(gated.network.sent.empty());
}

INSTANTIATE_TEST_SUITE_P(Table, ReservedHeader,
                         testing::Values("Authorization", "authorization", "Proxy-Authorization",
                                         "X-Api-Key", "X-API-KEY", "apikey", "Cookie",
                                         "X-Auth-Token", "Host", "X-Client-Secret"));

struct HeaderCase {
  std::string name;
  Header header;
};
void PrintTo(const HeaderCase& row, std::ostream* out) { *out << row.name; }
class BadHeader : public testing::TestWithParam<HeaderCase> {};

TEST_P(BadHeader, IsRefused) {
  Gated gated;

  const Result<Response> reply =
      gated.gate.send({.url = "https://api.example.com/", .headers = {GetParam().header}});

  EXPECT_THAT(reply, FailsWith(ErrorKind::Fatal));
  EXPECT_TRUE(gated.network.sent.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadHeader,
    testing::Values(HeaderCase{"SecondHeaderInTheValue", {"X-A", "a\r\nX-B: b"}},
                    HeaderCase{"LineFeed", {"X-A", "a\n"}},
                    HeaderCase{"CarriageReturn", {"X-A", "a\rb"}},
                    HeaderCase{"Nul", {"X-A", std::string("a\0b", 3)}},
                    HeaderCase{"Escape", {"X-A", "\x1b[31m"}},
                    HeaderCase{"SpaceInTheName", {"X A", "a"}}, HeaderCase{"NoName", {"", "a"}},
                    HeaderCase{"ColonInTheName", {"X-A:", "a"}},
                    HeaderCase{"LineBreakInTheName", {"X-A\r\nX-B", "a"}},
                    HeaderCase{"NulInTheName", {std::string("X\0A", 3), "a"}}),
    [](const auto& row) { return row.param.name; });

TEST(OriginGate, RefusesAKeyWithALineBreakWithoutShowingIt) {
  Gated gated([] {
    return Result<std::vector<Credential>>({bearer(ApiKey("pk_live_canary\nX-Evil: 1"))});
  });

  const Result<Response> reply = gated.gate.send({.url = "https://api.example.com/"});

  EXPECT_THAT(reply, FailsSaying("Authorization"));
  EXPECT_EQ(reply.error().what.find("canary"), std::string::npos);
  EXPECT_TRUE(gated.network.sent.empty());
}

TEST(OriginGate, AsksForTheCredentialEachTime) {
  int asked = 0;
  Gated gated([&asked] {
    return Result<std::vector<Credential>>(
        {key_header("X-Api-Key", ApiKey("key" + std::to_string(++asked)))});
  });

  (void)gated.gate.send({.url = "https://api.example.com/"});
  (void)gated.gate.send({.url = "https://api.example.com/"});

  ASSERT_EQ(gated.network.sent.size(), 2U);
  EXPECT_EQ(header(gated.network.sent[0].headers, "x-api-key"), "key1");
  EXPECT_EQ(header(gated.network.sent[1].headers, "x-api-key"), "key2");
}

TEST(OriginGate, SendsNothingWithoutACredential) {
  Gated gated([] {
    return Result<std::vector<Credential>>(Error{ErrorKind::Unauthorized, "no token"});
  });

  EXPECT_THAT(gated.gate.send({.url = "https://api.example.com/"}),
              FailsWith(ErrorKind::Unauthorized));
  EXPECT_TRUE(gated.network.sent.empty());
}

TEST(OriginGate, NamesOriginsOnlyInItsRefusal) {
  Gated gated;

  const Result<Response> reply =
      gated.gate.send({.url = "https://evil.example/invites/token-1?key=2"});

  EXPECT_EQ(reply.error().what,
            "request refused, nothing was sent: it is for https://evil.example, but credentials go "
            "to https://api.example.com alone");
}

TEST(Credential, OfBasicKindIsBase64OfUserAndPassword) {
  EXPECT_EQ(basic(ApiKey("Aladdin"), ApiKey("open sesame")).value.reveal(),
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  EXPECT_EQ(basic(ApiKey("key"), ApiKey()).value.reveal(), "Basic a2V5Og==");
}

}  // namespace
}  // namespace praxisync::http
