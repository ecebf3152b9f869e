#include "http/base64.h"

#include <openssl/evp.h>

#include <utility>
#include <vector>

namespace praxisync::http {

std::string base64(std::string_view bytes) {
  const std::vector<unsigned char> in(bytes.begin(), bytes.end());
  std::vector<unsigned char> out((in.size() + 2) / 3 * 4 + 1);
  const int size = EVP_EncodeBlock(out.data(), in.data(), static_cast<int>(in.size()));
  return {out.begin(), out.begin() + size};
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  const std::vector<unsigned char> in(text.begin(), text.end());
  std::vector<unsigned char> out(in.size() / 4 * 3 + 1);
  const int size = EVP_DecodeBlock(out.data(), in.data(), static_cast<int>(in.size()));
  if (size < 0) return std::nullopt;
  // Of padding it makes bytes, and it overlooks space and stray bits.
  const auto padding = static_cast<int>(text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0);
  if (size < padding) return std::nullopt;
  std::string bytes(out.begin(), out.begin() + (size - padding));
  return base64(bytes) == text ? std::optional(std::move(bytes)) : std::nullopt;
}

}  // namespace praxisync::http
