#include "report/content_policy.h"

#include <charconv>

#include "domain/digest.h"
#include "http/base64.h"

namespace praxisync::report {
namespace {

std::string bytes_of(std::string_view digits) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < digits.size(); at += 2) {
    unsigned char byte = 0;
    std::from_chars(digits.data() + at, digits.data() + at + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

}  // namespace

std::string policy_source(std::string_view text) {
  return "'sha256-" + http::base64(bytes_of(sha256(text))) + "'";
}

}  // namespace praxisync::report
