#include "http/url.h"

#include <gtest/gtest.h>

#include <random>

#include "support/result_matchers.h"

namespace praxisync::http {
namespace {

using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

TEST(Url, FillsInThePortAndLowersTheHost) {
  const Result<Url> url = parse_url("HTTPS://API.Example.com/v1/People?page=2&q=A");

  ASSERT_THAT(url, IsOk());
  EXPECT_EQ(url->origin, (Origin{"https", "api.example.com", 443}));
  EXPECT_EQ(url->path, "/v1/People");
  EXPECT_EQ(url->query, "page=2&q=A");
}

TEST(Url, WithoutAPathIsItsRoot) {
  EXPECT_EQ(parse_url("https://h.example")->path, "/");
  EXPECT_EQ(parse_url("https://h.example?x=1")->path, "/");
  EXPECT_EQ(parse_url("https://h.example?x=1")->query, "x=1");
}

struct UrlCase {
  std::string name, text;
};
void PrintTo(const UrlCase& row, std::ostream* out) { *out << row.name; }

class RefusedUrl : public testing::TestWithParam<UrlCase> {};

TEST_P(RefusedUrl, IsNeverParsedNorRepeatedInTheError) {
  const Result<Url> url = parse_url(GetParam().text);

  ASSERT_THAT(url, FailsWith(ErrorKind::Rejected));
  EXPECT_EQ(url.error().what.find("evil"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RefusedUrl,
    testing::Values(UrlCase{"Empty", ""}, UrlCase{"NoScheme", "evil.example/x"},
                    UrlCase{"SchemeRelative", "//evil.example/x"},
                    UrlCase{"OneSlash", "https:/evil.example"},
                    UrlCase{"PlainHttpToARemoteHost", "http://evil.example/"},
                    UrlCase{"File", "file:///etc/evil"}, UrlCase{"Ftp", "ftp://evil.example/"},
                    UrlCase{"Javascript", "javascript://evil.example/%0aalert(1)"},
                    UrlCase{"UserName", "https://api.example.com@evil.example/"},
                    UrlCase{"UserAndPassword", "https://user:evil@api.example.com/"},
                    UrlCase{"EncodedAtInTheHost", "https://api.example.com%40evil.example/"},
                    UrlCase{"EncodedSlashInTheHost", "https://api.example.com%2fevil.example/"},
                    UrlCase{"Backslash", "https://api.example.com\\@evil.example/"},
                    UrlCase{"BackslashInThePath", "https://api.example.com/\\evil"},
                    UrlCase{"Fragment", "https://api.example.com/#evil"},
                    UrlCase{"LineBreak", "https://api.example.com/\r\nevil: 1"},
                    UrlCase{"Tab", "https://api.example.com/\tevil"},
                    UrlCase{"Nul", std::string("https://api.example.com/\0evil", 29)},
                    UrlCase{"SpaceInFront", " https://evil.example/"},
                    UrlCase{"Homograph", "https://\xd0\xb0pi.evil.example/"},
                    UrlCase{"FullWidthDot",
                            "https://api\xef\xbc\x8e"
                            "evil.example/"},
                    UrlCase{"NoHost", "https:///evil"}, UrlCase{"OnlyAPort", "https://:443/evil"},
                    UrlCase{"EmptyPort", "https://evil.example:/"},
                    UrlCase{"PortZero", "https://evil.example:0/"},
                    UrlCase{"PortTooLarge", "https://evil.example:65536/"},
                    UrlCase{"PortWithSign", "https://evil.example:+443/"},
                    UrlCase{"NegativePort", "https://evil.example:-1/"},
                    UrlCase{"PortWithText", "https://evil.example:443x/"},
                    UrlCase{"TwoPorts", "https://evil.example:1:443/"},
                    UrlCase{"EmptyLabel", "https://evil..example/"},
                    UrlCase{"LabelWithLeadingHyphen", "https://-evil.example/"},
                    UrlCase{"OnlyADot", "https://./evil"},
                    UrlCase{"Decimal", "http://2130706433/evil"},
                    UrlCase{"HexadecimalAddress", "http://0x7f.1/evil"},
                    UrlCase{"ShortAddress", "http://127.1/evil"},
                    UrlCase{"OctalAddress", "http://0177.0.0.1/evil"},
                    UrlCase{"AddressWithTrailingDot", "http://127.0.0.1./evil"},
                    UrlCase{"NameThatStartsLikeLoopback", "http://127.0.0.1.evil.example/"},
                    UrlCase{"LocalhostAsALabel", "http://localhost.evil.example/"},
                    UrlCase{"LocalhostWithTrailingDot", "http://localhost./evil"},
                    UrlCase{"UnclosedBracket", "http://[::1/evil"},
                    UrlCase{"TextAfterBracket", "http://[::1]evil/"},
                    UrlCase{"ZoneInIpv6", "http://[::1%25evil]/"},
                    UrlCase{"MappedIpv6", "http://[::ffff:127.0.0.1]/evil"},
                    UrlCase{"MetadataAddress", "http://169.254.169.254/evil"},
                    UrlCase{"TooLong", "https://h.example/" + std::string(8192, 'a')}),
    testing::PrintToStringParamName());

class OtherOrigin : public testing::TestWithParam<UrlCase> {};

TEST_P(OtherOrigin, IsNotTheConfiguredOne) {
  const Result<Url> url = parse_url(GetParam().text);

  ASSERT_THAT(url, IsOk());
  EXPECT_NE(url->origin, (Origin{"https", "api.example.com", 443}));
}

INSTANTIATE_TEST_SUITE_P(Table, OtherOrigin,
                         testing::Values(UrlCase{"OtherHost", "https://evil.example/"},
                                         UrlCase{"Subdomain", "https://a.api.example.com/"},
                                         UrlCase{"Parent", "https://example.com/"},
                                         UrlCase{"AsPrefix",
                                                 "https://api.example.com.evil.example/"},
                                         UrlCase{"AsSuffix", "https://evilapi.example.com/"},
                                         UrlCase{"OtherPort", "https://api.example.com:8443/"},
                                         UrlCase{"TrailingDot", "https://api.example.com./"},
                                         UrlCase{"Punycode", "https://xn--pi-6kc.example.com/"},
                                         UrlCase{"Loopback", "http://127.0.0.1/"},
                                         UrlCase{"Ipv6", "https://[2001:db8::1]/"}),
                         testing::PrintToStringParamName());

TEST(Url, OfTheSameOriginIsEqualHoweverItIsSpelt) {
  const Origin want{"https", "api.example.com", 443};
  for (const char* text : {"https://api.example.com", "HTTPS://API.EXAMPLE.COM/x",
                           "https://api.example.com:443/a?b", "https://api.example.com//evil/"}) {
    EXPECT_EQ(parse_url(text)->origin, want) << text;
  }
}

TEST(Url, WithPlainHttpIsForLoopback) {
  for (const char* text : {"http://127.0.0.1:8080", "http://127.8.9.10", "http://localhost:1",
                           "http://[::1]:99", "http://[0:0::0:1]:99", "http://LOCALHOST"}) {
    EXPECT_THAT(parse_base_url(text), IsOk()) << text;
  }
}

TEST(BaseUrl, IsAnOriginAlone) {
  EXPECT_EQ(*parse_base_url("https://praxicraft.com/"), (Origin{"https", "praxicraft.com", 443}));
  EXPECT_THAT(parse_base_url("https://praxicraft.com/api/"), FailsSaying("without a path"));
  EXPECT_THAT(parse_base_url("https://praxicraft.com?"), FailsSaying("without a path"));
  EXPECT_THAT(parse_base_url("https://a:b@praxicraft.com"), FailsSaying("password"));
  EXPECT_THAT(parse_base_url("http://praxicraft.com"), FailsSaying("https://"));
}

TEST(Origin, IsWrittenWithThePortOnlyWhereItIsNotTheUsualOne) {
  EXPECT_EQ(to_string(Origin{"https", "h.example", 443}), "https://h.example");
  EXPECT_EQ(to_string(Origin{"https", "h.example", 8443}), "https://h.example:8443");
  EXPECT_EQ(authority(Origin{"http", "[::1]", 8080}), "[::1]:8080");
}

TEST(EncodeSegment, LeavesNothingThatCouldEndOrClimbTheSegment) {
  EXPECT_EQ(encode_segment("senior-backend_1.0~x"), "senior-backend_1.0~x");
  EXPECT_EQ(encode_segment("a/b?c#d e\n%"), "a%2Fb%3Fc%23d%20e%0A%25");
  EXPECT_EQ(encode_segment(".."), "%2E%2E");
  EXPECT_EQ(encode_segment("."), "%2E");
  EXPECT_EQ(encode_segment("\xc3\xa9"), "%C3%A9");
}

TEST(QueryParameter, IsTakenOutOfAnyUrlAndDecoded) {
  EXPECT_EQ(query_parameter("https://evil.example/x?cursor=abc%3D%3D&page=2", "cursor"), "abc==");
  EXPECT_EQ(query_parameter("/x?page=2&cursor=a+b", "cursor"), "a b");
  EXPECT_EQ(query_parameter("http…?page=2", "page"), "2");
  EXPECT_EQ(query_parameter("?curs%6fr=1", "cursor"), "1");
  EXPECT_EQ(query_parameter("?cursor=1&cursor=2", "cursor"), "1");
  EXPECT_EQ(query_parameter("?cursor", "cursor"), "");
  EXPECT_EQ(query_parameter("?cursor=a=b", "cursor"), "a=b");
}

TEST(QueryParameter, IsAbsentWhereItIsNotThereOrBadlyEncoded) {
  for (const char* text : {"", "?", "/x", "https://h.example/cursor=1", "?xcursor=1", "?cursor=%",
                           "?cursor=%4", "?cursor=%zz", "/x#?cursor=1"}) {
    EXPECT_EQ(query_parameter(text, "cursor"), std::nullopt) << text;
  }
}

TEST(QueryParameter, ReadsBackWhatWasEncoded) {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);

  EXPECT_EQ(query_parameter("/x?a=1&cursor=" + encode_query_value(every_byte) + "&b", "cursor"),
            every_byte);
}

TEST(Url, OfRandomBytesNeverThrowsAndNeverHasAStrangeHost) {
  std::mt19937 dice(20251);
  const std::string alphabet = "https://:@[]%?#&=.\\a1-_ \n\xff";
  for (int round = 0; round < 20000; ++round) {
    std::string text = round % 2 == 0 ? "https://" : "";
    for (std::size_t size = dice() % 24; size > 0; --size) {
      text += alphabet[dice() % alphabet.size()];
    }

    const Result<Url> url = parse_url(text);
    (void)query_parameter(text, "a");

    if (url) {
      EXPECT_EQ(url->origin.host.find_first_of("@%/\\? \n"), std::string::npos) << text;
    }
  }
}

}  // namespace
}  // namespace praxisync::http
