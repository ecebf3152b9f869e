#include "sandbox/signature.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "domain/check.h"

namespace praxisync::sandbox {

std::string sign(std::string_view secret, std::string_view raw_body) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(raw_body.data());
  const auto* made = HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes,
                          raw_body.size(), digest, &size);
  PRAXISYNC_CHECK(made != nullptr && size == 32, "SHA-256 is always there");
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (unsigned int place = 0; place < size; ++place) {
    text += kDigits[digest[place] >> 4];
    text += kDigits[digest[place] & 0xf];
  }
  return text;
}

}  // namespace praxisync::sandbox
