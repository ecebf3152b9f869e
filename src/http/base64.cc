#include "http/base64.h"

#include <openssl/evp.h>

#include <vector>

namespace praxisync::http {

std::string base64(std::string_view bytes) {
  const std::vector<unsigned char> in(bytes.begin(), bytes.end());
  std::vector<unsigned char> out((in.size() + 2) / 3 * 4 + 1);
  const int size = EVP_EncodeBlock(out.data(), in.data(), static_cast<int>(in.size()));
  return {out.begin(), out.begin() + size};
}

}  // namespace praxisync::http
