// Texts of peers and of our own on their way to a log: no secret passes, in whatever form it
// comes, and nothing but text for people. Lines: what stands before a secret, what stands behind
// it.
#include <array>
#include <cstdio>

#include "fuzz/fuzz.h"
#include "http/base64.h"
#include "http/masking.h"
#include "http/redaction.h"
#include "http/url.h"

namespace praxisync::fuzz {
namespace {

constexpr std::string_view kSecret = "sk_canary/7Q+z\"9";

std::string hex(std::string_view text) {
  std::string out;
  for (const char c : text) {
    std::array<char, 3> digits{};
    std::snprintf(digits.data(), digits.size(), "%02x",
                  static_cast<unsigned>(static_cast<unsigned char>(c)));
    out += digits.data();
  }
  return out;
}

std::string json_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '/') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

void run(std::string_view input) {
  Pieces pieces(input);
  const std::string before(pieces.line()), behind(pieces.rest());
  const std::string secret(kSecret);
  http::Redactor redactor;
  redactor.add(ApiKey(secret));

  for (const std::string& form :
       {secret, http::encode_query_value(secret), json_escaped(secret), hex(secret)}) {
    const std::string scrubbed = redactor.scrub(before + form + behind);
    PRAXISYNC_CHECK(scrubbed.find(form) == std::string::npos, "no form of a secret passes");
    PRAXISYNC_CHECK(scrubbed.find(http::kRedacted) != std::string::npos, "its place is marked");
  }
  const std::string basic = "Basic " + http::base64(before + secret + behind);
  PRAXISYNC_CHECK(
      redactor.scrub(basic).find(http::base64(secret).substr(4, 12)) == std::string::npos,
      "nor in base64, whatever stands around it");
  const std::string clean = redactor.scrub(std::string(input));
  PRAXISYNC_CHECK(clean == input || clean.find(http::kRedacted) != std::string::npos,
                  "what holds no secret stays as it is");

  const std::string_view text = input;
  check_shown(http::mask_peer_text(text), 200);
  PRAXISYNC_CHECK(http::mask_peer_text(text).find('@') == std::string::npos ||
                      text.find('@') != std::string_view::npos,
                  "masking makes no address");
  const bool met =
      text.find("canary") != std::string_view::npos;  // then it may stand elsewhere too
  const std::string address = before + " canary@example.org " + behind;
  PRAXISYNC_CHECK(met || http::mask_peer_text(address).find("canary@example") == std::string::npos,
                  "an address is masked, whatever stands around it");
  const std::string token = before + " tk_9f8e7d6c5b4a39281706f5e4 " + behind;
  PRAXISYNC_CHECK(text.find("9f8e7d6c") != std::string_view::npos ||
                      http::mask_peer_text(token).find("9f8e7d6c") == std::string::npos,
                  "a token likewise");
  check_shown(http::mask_url(text), 4 * 8192);
}

}  // namespace praxisync::fuzz
