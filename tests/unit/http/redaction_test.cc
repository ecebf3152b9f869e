#include "http/redaction.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "http/base64.h"
#include "http/url.h"

namespace praxisync::http {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kSecret = R"(pk/live+Canary "q\1"=?&9)";

std::string hex(const std::string& text, bool upper) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += upper ? fmt::format("{:02X}", byte) : fmt::format("{:02x}", byte);
  }
  return out;
}

std::string replace_all(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string json(const std::string& text) {
  return replace_all(replace_all(text, "\\", "\\\\"), "\"", "\\\"");
}

struct FormCase {
  std::string name, text;
};
void PrintTo(const FormCase& row, std::ostream* out) { *out << row.name; }
class RedactedForm : public testing::TestWithParam<FormCase> {};

TEST_P(RedactedForm, LeavesNothingOfTheSecret) {
  Redactor redactor;
  redactor.add(ApiKey(kSecret));

  EXPECT_EQ(redactor.scrub("before <" + GetParam().text + "> after"), "before <[redacted]> after");
}

INSTANTIATE_TEST_SUITE_P(
    Table, RedactedForm,
    testing::Values(
        FormCase{"Raw", kSecret}, FormCase{"PercentEncoded", encode_query_value(kSecret)},
        FormCase{"PercentEncodedInLowerCase",
                 replace_all(replace_all(encode_query_value(kSecret), "%2F", "%2f"), "%2B", "%2b")},
        FormCase{"FormEncoded", replace_all(encode_query_value(kSecret), "%20", "+")},
        FormCase{"PartlyEncoded", replace_all(kSecret, "/", "%2F")},
        FormCase{"JsonEscaped", json(kSecret)},
        FormCase{"JsonWithEscapedSlash", replace_all(json(kSecret), "/", "\\/")},
        FormCase{"JsonWithCodePoints", replace_all(json(kSecret), "&", "\\u0026")},
        FormCase{"Hexadecimal", hex(kSecret, false)},
        FormCase{"UpperHexadecimal", hex(kSecret, true)}, FormCase{"Base64", base64(kSecret)},
        FormCase{"Base64OfKeyAndColon", base64(kSecret + ":")},
        FormCase{"Base64OfUserAndKey", base64("user:" + kSecret)},
        FormCase{"Base64OfLongerUserAndKey", base64("client1:" + kSecret)},
        FormCase{"Base64OfAnotherUserAndKey", base64("acting@" + kSecret + ":x")},
        FormCase{"UrlSafeBase64", replace_all(replace_all(base64(kSecret), "+", "-"), "/", "_")}),
    [](const auto& row) { return row.param.name; });

TEST(Redactor, FindsEverySecretEveryTime) {
  Redactor redactor;
  redactor.add(ApiKey("first-key"));
  redactor.add(InviteToken("second-token"));
  redactor.add(ApiKey("first-key"));

  EXPECT_EQ(redactor.scrub("first-key second-token first-keyfirst-key"),
            "[redacted] [redacted] [redacted][redacted]");
}

TEST(Redactor, CoversSecretsThatOverlap) {
  Redactor redactor;
  redactor.add(ApiKey("abcdef"));
  redactor.add(ApiKey("defghi"));
  redactor.add(ApiKey("abcd"));

  EXPECT_EQ(redactor.scrub("xabcdefghiy"), "x[redacted]y");
}

TEST(Redactor, LeavesOtherTextAsItIs) {
  Redactor redactor;
  redactor.add(ApiKey("a-secret-key"));
  const std::string text = "HTTP 503 from api.example.com: 100% \\u00zz %zz %4 \\ done +";

  EXPECT_EQ(redactor.scrub(text), text);
  EXPECT_EQ(redactor.scrub(""), "");
}

TEST(Redactor, DoesNotLookForTextTooShortToBeASecret) {
  Redactor redactor;
  redactor.add(ApiKey(""));
  redactor.add(ApiKey("abc"));

  EXPECT_EQ(redactor.scrub("abc"), "abc");
}

TEST(Redactor, FindsRandomSecretsAtAnyPlaceOfAnyEncoding) {
  std::mt19937 dice(424242);
  for (int round = 0; round < 500; ++round) {
    std::string secret, before, after;
    for (std::size_t size = 8 + dice() % 40; size > 0; --size) {
      secret += static_cast<char>(33 + dice() % 94);
    }
    for (std::size_t size = dice() % 7; size > 0; --size) before += static_cast<char>(dice() % 256);
    for (std::size_t size = dice() % 7; size > 0; --size) after += static_cast<char>(dice() % 256);
    Redactor redactor;
    redactor.add(ApiKey(secret));
    SCOPED_TRACE(testing::Message() << "round " << round);

    const std::string inside = before + secret + after;
    for (const std::string& form :
         {inside, base64(inside), encode_query_value(inside), hex(inside, true)}) {
      EXPECT_THAT(redactor.scrub(form), HasSubstr("[redacted]"));
    }
    EXPECT_THAT(redactor.scrub(inside), Not(HasSubstr(secret)));
  }
}

}  // namespace
}  // namespace praxisync::http
