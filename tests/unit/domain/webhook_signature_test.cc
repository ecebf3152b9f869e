// The vectors are those of RFC 4231, section 4 (HMAC-SHA-256).
#include "domain/webhook_signature.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>
#include <ostream>
#include <string>
#include <vector>

namespace praxisync {
namespace {

struct Vector {
  std::string name, key, data, mac;
};
void PrintTo(const Vector& row, std::ostream* out) { *out << row.name; }

class Rfc4231 : public testing::TestWithParam<Vector> {};

TEST_P(Rfc4231, GivesThePublishedDigest) {
  const WebhookSecret key(GetParam().key);

  EXPECT_EQ(webhook_signature(GetParam().data, key).text(), GetParam().mac);
  EXPECT_EQ(find_signing_secret(GetParam().data, GetParam().mac, std::vector{key}), 0U);
}

std::string counting_key() {
  std::string key;
  for (char byte = 1; byte <= 25; ++byte) key += byte;
  return key;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Rfc4231,
    testing::Values(
        Vector{"Case1", std::string(20, '\x0b'), "Hi There",
               "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        Vector{"Case2KeyShorterThanTheDigest", "Jefe", "what do ya want for nothing?",
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        Vector{"Case3", std::string(20, '\xaa'), std::string(50, '\xdd'),
               "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        Vector{"Case4", counting_key(), std::string(50, '\xcd'),
               "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
        Vector{"Case6KeyLongerThanABlock", std::string(131, '\xaa'),
               "Test Using Larger Than Block-Size Key - Hash Key First",
               "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        Vector{"Case7KeyAndDataLongerThanABlock", std::string(131, '\xaa'),
               "This is a test using a larger than block-size key and a larger than block-size "
               "data. The key needs to be hashed before being used by the HMAC algorithm.",
               "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"}),
    [](const auto& row) { return row.param.name; });

class WebhookSignature : public testing::Test {
 protected:
  std::optional<std::size_t> check(std::string_view signature) const {
    return find_signing_secret(kBody, signature, secrets);
  }

  static constexpr std::string_view kBody =
      "{\"event\": \"webhook.test\",\r\n \"data\": {\"name\": \"Zo\xC3\xAB\"}}\n";
  const std::vector<WebhookSecret> secrets{WebhookSecret("whsec_old"), WebhookSecret("whsec_new")};
  const std::string by_old = webhook_signature(kBody, secrets[0]).text();
  const std::string by_new = webhook_signature(kBody, secrets[1]).text();
};

TEST_F(WebhookSignature, SaysWhichOfSeveralSecretsFits) {
  EXPECT_EQ(check(by_old), 0U);
  EXPECT_EQ(check(by_new), 1U);
  EXPECT_EQ(check(webhook_signature(kBody, WebhookSecret("whsec_other")).text()), std::nullopt);
}

TEST_F(WebhookSignature, NamesTheFirstWhereASecretStandsTwice) {
  const std::vector<WebhookSecret> twice{WebhookSecret("a"), WebhookSecret("b"),
                                         WebhookSecret("b")};

  EXPECT_EQ(find_signing_secret(kBody, webhook_signature(kBody, WebhookSecret("b")).text(), twice),
            1U);
}

TEST_F(WebhookSignature, TakesUpperCaseAndOuterSpace) {
  std::string upper = by_new;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });

  EXPECT_EQ(check(upper), 1U);
  EXPECT_EQ(check(" \t" + by_new + "\r\n"), 1U);
}

TEST_F(WebhookSignature, RefusesAnythingElseThanTheDigits) {
  for (const std::string& signature :
       {std::string{}, std::string(64, ' '), "sha256=" + by_new, "0x" + by_new, by_new + "0",
        by_new.substr(1), by_new.substr(0, 63), by_new.substr(0, 63) + "g",
        by_new.substr(0, 32) + " " + by_new.substr(32), by_new + "," + by_old,
        by_new + std::string(1, '\0')}) {
    EXPECT_EQ(check(signature), std::nullopt) << signature;
  }
}

TEST_F(WebhookSignature, FailsForEachDigitThatIsChanged) {
  for (std::size_t i = 0; i < by_new.size(); ++i) {
    std::string changed = by_new;
    changed[i] = changed[i] == '0' ? '1' : '0';

    EXPECT_EQ(check(changed), std::nullopt) << i;
  }
}

TEST_F(WebhookSignature, FailsForEachByteOfTheBodyThatIsChanged) {
  for (std::size_t i = 0; i < kBody.size(); ++i) {
    std::string changed(kBody);
    changed[i] = static_cast<char>(changed[i] ^ 1);

    EXPECT_EQ(find_signing_secret(changed, by_new, secrets), std::nullopt) << i;
  }
  EXPECT_EQ(find_signing_secret(kBody.substr(0, kBody.size() - 1), by_new, secrets), std::nullopt);
}

TEST_F(WebhookSignature, AnEmptySecretFitsNothingSinceAnybodyCouldSignWithIt) {
  const std::vector<WebhookSecret> none{WebhookSecret("")};

  EXPECT_EQ(find_signing_secret(kBody, webhook_signature(kBody, none[0]).text(), none),
            std::nullopt);
  EXPECT_EQ(find_signing_secret(kBody, by_new, {}), std::nullopt);
}

TEST_F(WebhookSignature, SignsAnEmptyBodyToo) {
  EXPECT_EQ(find_signing_secret("", webhook_signature("", secrets[1]).text(), secrets), 1U);
}

}  // namespace
}  // namespace praxisync
