#include "domain/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "domain/check.h"

namespace praxisync {
namespace {

std::string digits_of(const std::array<unsigned char, 32>& digest) {
  return hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace

std::string hex(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char each : bytes) {
    const auto byte = static_cast<unsigned char>(each);
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 0xFU];
  }
  return out;
}

std::string sha256(std::string_view text) {
  std::array<unsigned char, 32> digest{};
  unsigned int size = 0;
  const int done =
      EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  PRAXISYNC_CHECK(done == 1 && size == digest.size(), "SHA-256 is always there");
  return digits_of(digest);
}

Mac hmac_sha256(std::string_view key, std::string_view text) {
  std::array<unsigned char, 32> digest{};
  unsigned int size = 0;
  const unsigned char* const made =
      HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
  PRAXISYNC_CHECK(made != nullptr && size == digest.size(), "HMAC-SHA256 takes any key and text");
  return Mac(digits_of(digest));
}

bool Mac::fits(std::string_view given) const {
  return given.size() == digits_.size() &&
         CRYPTO_memcmp(given.data(), digits_.data(), digits_.size()) == 0;
}

}  // namespace praxisync
