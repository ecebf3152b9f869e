#include "domain/webhook_signature.h"

#include "domain/text.h"

namespace praxisync {
namespace {

bool is_digest(std::string_view digits) {
  return digits.size() == 64 && digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

Mac webhook_signature(std::string_view text, const WebhookSecret& secret) {
  return hmac_sha256(secret.reveal(), text);
}

std::optional<std::size_t> find_signing_secret(std::string_view text,
                                               std::string_view signature,
                                               std::span<const WebhookSecret> secrets) {
  const std::string given = to_lower(trim(signature));
  if (!is_digest(given)) return std::nullopt;
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < secrets.size(); ++i) {
    if (secrets[i].empty()) continue;  // anybody could sign with that one
    const bool fits = webhook_signature(text, secrets[i]).fits(given);
    if (fits && !found) found = i;
  }
  return found;
}

}  // namespace praxisync
