#include "http/masking.h"

#include <gtest/gtest.h>

namespace praxisync::http {
namespace {

struct MaskCase {
  std::string name, text, want;
};
void PrintTo(const MaskCase& row, std::ostream* out) { *out << row.name; }

class PeerText : public testing::TestWithParam<MaskCase> {};

TEST_P(PeerText, ShowsNoPersonAndNoToken) {
  EXPECT_EQ(mask_peer_text(GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Table, PeerText,
    testing::Values(
        MaskCase{"PlainWordsStay", "Assessment senior-backend-screen is not active.",
                 "Assessment senior-backend-screen is not active."},
        MaskCase{"CodesStay", "INVITE_QUOTA_EXCEEDED: 100 of 100 used (2025-11)",
                 "INVITE_QUOTA_EXCEEDED: 100 of 100 used (2025-11)"},
        MaskCase{"Address", "no invite for Jane.Doe+x@example.com, sorry",
                 "no invite for [address], sorry"},
        MaskCase{"AddressInBrackets", "bad <jane@example.com>", "bad <[address]>"},
        MaskCase{"EncodedAddress", "see /people/jane%40example.com", "see [address]"},
        MaskCase{"Uuid", "invite c7b3e2a1-1234-5678-abcd-ef0123456789 not found",
                 "invite [token] not found"},
        MaskCase{"HexToken", "key=0123456789abcdef0123456789abcdef", "[token]"},
        MaskCase{"Jwt", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
                 "[token].[token].[token]"},
        MaskCase{"UrlWithQuery", "go to https://x.example/a/b?token=1&mail=a@b.example now",
                 "go to https://x.example/a/b?[query] now"},
        MaskCase{"UrlWithToken", "https://x.example/i/c7b3e2a1-1234-5678-abcd-ef0123456789",
                 "https://x.example/i/[token]"},
        MaskCase{"QuestionMarkAtTheEnd", "Is it active?", "Is it active?"},
        MaskCase{"ControlCharacters", "a\r\nb\x1b[31mc", "a??b?[31mc"},
        MaskCase{"BidirectionalOverride",
                 "a\xe2\x80\xae"
                 "b",
                 "a?b"},
        MaskCase{"BadUtf8",
                 "a\xff"
                 "b",
                 "a?b"},
        MaskCase{"Empty", "", ""}),
    testing::PrintToStringParamName());

TEST(PeerTextLimit, Is200Bytes) {
  std::string text;
  for (int word = 0; word < 100'000; ++word) text += "word ";

  EXPECT_EQ(mask_peer_text(text).size(), 200U);
}

TEST(PeerTextLimit, DoesNotCutACharacter) {
  std::string text = "x";
  for (int letter = 0; letter < 200; ++letter) text += "\xc3\xa9";

  EXPECT_EQ(mask_peer_text(text).size(), 199U);
}

class MaskedUrl : public testing::TestWithParam<MaskCase> {};

TEST_P(MaskedUrl, KeepsWhatHelpsAndNoMore) {
  EXPECT_EQ(mask_url(GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Table, MaskedUrl,
    testing::Values(
        MaskCase{"NamesOfParameters",
                 "https://h.example/api/v1/invites/?cursor=cD0yMDI&page_size=100",
                 "https://h.example/api/v1/invites/?cursor&page_size"},
        MaskCase{"Slug", "https://h.example/api/v1/assessments/senior-backend-screen-2025/results/",
                 "https://h.example/api/v1/assessments/senior-backend-screen-2025/results/"},
        MaskCase{"InviteToken",
                 "https://h.example/api/v1/invites/c7b3e2a1-1234-5678-abcd-ef0123456789/remind/",
                 "https://h.example/api/v1/invites/[token]/remind/"},
        MaskCase{"ShortToken", "https://h.example/invites/tok1a2b3/",
                 "https://h.example/invites/[token]/"},
        MaskCase{"Address", "https://h.example/people/jane@example.com/notes",
                 "https://h.example/people/[address]/notes"},
        MaskCase{"EncodedAddress", "https://h.example/people/jane%40example.com",
                 "https://h.example/people/[address]"},
        MaskCase{"SecretAsAParameterName", "https://h.example/?0123456789abcdef=1",
                 "https://h.example/?[token]"},
        MaskCase{"NotAUrl", "jane@example.com", "an unreadable URL"}),
    testing::PrintToStringParamName());

}  // namespace
}  // namespace praxisync::http
