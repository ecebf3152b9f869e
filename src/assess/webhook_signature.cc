#include "assess/webhook_signature.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "domain/check.h"
#include "domain/text.h"

namespace praxisync::assess {
namespace {

using Digest = std::array<unsigned char, 32>;

Digest digest_of(std::string_view raw_body, const WebhookSecret& secret) {
  const std::string& key = secret.reveal();
  Digest digest{};
  unsigned int size = 0;
  const unsigned char* const made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                                         reinterpret_cast<const unsigned char*>(raw_body.data()),
                                         raw_body.size(), digest.data(), &size);
  PRAXISYNC_CHECK(made != nullptr && size == digest.size(), "HMAC-SHA256 takes any key and text");
  return digest;
}

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<Digest> from_hex(std::string_view text) {
  Digest digest{};
  if (text.size() != 2 * digest.size()) return std::nullopt;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    const int high = nibble(text[2 * i]);
    const int low = nibble(text[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    digest[i] = static_cast<unsigned char>(high * 16 + low);
  }
  return digest;
}

}  // namespace

std::string webhook_signature(std::string_view raw_body, const WebhookSecret& secret) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : digest_of(raw_body, secret)) {
    hex += kDigits[byte >> 4U];
    hex += kDigits[byte & 0xFU];
  }
  return hex;
}

std::optional<std::size_t> find_signing_secret(std::string_view raw_body,
                                               std::string_view signature,
                                               std::span<const WebhookSecret> secrets) {
  const std::optional<Digest> given = from_hex(trim(signature));
  if (!given) return std::nullopt;
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < secrets.size(); ++i) {
    if (secrets[i].empty()) continue;  // anybody could sign with that one
    const Digest wanted = digest_of(raw_body, secrets[i]);
    const bool fits = CRYPTO_memcmp(wanted.data(), given->data(), wanted.size()) == 0;
    if (fits && !found) found = i;
  }
  return found;
}

}  // namespace praxisync::assess
