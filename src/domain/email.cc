#include "domain/email.h"

#include <algorithm>

#include "domain/text.h"

namespace praxisync {

Result<Email> Email::parse(std::string_view text) {
  const std::string_view address = trim(text);
  const auto rejected = [](const char* why) {
    return Error{ErrorKind::Rejected, std::string("email: ") + why};
  };
  if (address.empty()) return rejected("missing");
  if (address.size() > 320) return rejected("longer than 320 bytes");
  const auto at = address.find('@');
  if (at == std::string_view::npos || address.find('@', at + 1) != std::string_view::npos) {
    return rejected("not one '@'");
  }
  if (at == 0 || at + 1 == address.size()) return rejected("nothing before or after the '@'");
  const bool odd = std::ranges::any_of(address, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f || c == '<' || c == '>' || c == ',' || c == ';';
  });
  if (odd) return rejected("holds a space, a control character or one of < > , ;");
  if (!is_utf8(address)) return rejected("not UTF-8");
  return Email(std::string(address), to_lower(address));
}

std::string_view domain_of(std::string_view address) {
  return address.substr(address.find('@') + 1);
}

std::string email_key(std::string_view text) { return to_lower(trim(text)); }

}  // namespace praxisync
