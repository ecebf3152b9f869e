// A webhook delivery: only the signature of exactly this body with a secret of ours verifies.
// Lines: the secret, the signature as it was given, a number that says what is changed; the body.
#include "domain/webhook_signature.h"

#include <array>

#include "fuzz/fuzz.h"

namespace praxisync::fuzz {
namespace {

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

}  // namespace

void run(std::string_view input) {
  Pieces pieces(input);
  // Neither the environment nor a line of a file holds NUL; for HMAC they stand for nothing.
  const std::string_view line = pieces.line();
  const std::string secret(line.substr(0, line.find('\0')));
  const std::string_view given = pieces.line();
  const std::size_t place = pieces.below(256);
  const std::string body(pieces.rest());
  const std::array<WebhookSecret, 3> secrets{WebhookSecret("another-secret"), WebhookSecret(),
                                             WebhookSecret(secret)};
  const std::string real = webhook_signature(body, secrets[2]).text();

  const auto found = find_signing_secret(body, given, secrets);
  const bool is_real = to_lower(trim(given)) == real;
  const bool is_other = to_lower(trim(given)) ==
                        webhook_signature(body, WebhookSecret("another-secret")).text();
  PRAXISYNC_CHECK(found.has_value() == ((is_real && !secret.empty()) || is_other),
                  "a signature verifies where it is the body's own, and nowhere else");
  PRAXISYNC_CHECK(
      !find_signing_secret(body, webhook_signature(body, WebhookSecret()).text(),
                           std::array{WebhookSecret()}),
      "nobody signs with an empty secret");
  if (secret.empty() || secret == "another-secret") return;

  PRAXISYNC_CHECK(find_signing_secret(body, real, secrets) == 2U, "the real one verifies");
  PRAXISYNC_CHECK(find_signing_secret(body, " " + upper(real) + "\t", secrets) == 2U,
                  "in upper case between spaces too");
  PRAXISYNC_CHECK(!find_signing_secret(body + ' ', real, secrets), "not with a longer body");
  std::string forged = real;
  char& digit = forged[place % forged.size()];
  digit = digit == '0' ? '1' : '0';
  PRAXISYNC_CHECK(!find_signing_secret(body, forged, secrets), "not with another digit");
  PRAXISYNC_CHECK(!find_signing_secret(body, real.substr(1), secrets), "not cut short");
  PRAXISYNC_CHECK(!find_signing_secret(body, real + real, secrets), "not longer");
  if (body.empty()) return;
  std::string changed = body;
  changed[place % changed.size()] = static_cast<char>(changed[place % changed.size()] ^ 0x20);
  PRAXISYNC_CHECK(!find_signing_secret(changed, real, secrets), "not with another body");
  PRAXISYNC_CHECK(!find_signing_secret(std::string_view(body).substr(1), real, secrets),
                  "not with a shorter one");
}

}  // namespace praxisync::fuzz
