#include "domain/write_back.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

#include "domain/check.h"

namespace praxisync {
namespace {

constexpr std::array<std::pair<ActionKind, std::string_view>, 6> kActionNames{
    {{ActionKind::Note, "note"},
     {ActionKind::Tag, "tag"},
     {ActionKind::Field, "field"},
     {ActionKind::Link, "link"},
     {ActionKind::Move, "move"},
     {ActionKind::Reject, "reject"}}};

/// The first 60 bits in base32 (RFC 4648), lower case.
std::string base32_head(const unsigned char* digest) {
  static constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
  std::string out;
  unsigned bits = 0, value = 0;
  for (const unsigned char* byte = digest; out.size() < 12; ++byte) {
    value = value << 8 | *byte;
    bits += 8;
    while (bits >= 5 && out.size() < 12) {
      out += kAlphabet[value >> (bits - 5) & 31U];
      bits -= 5;
    }
  }
  return out;
}

}  // namespace

std::string_view to_string(ActionKind kind) {
  for (const auto& [value, name] : kActionNames) {
    if (value == kind) return name;
  }
  return "unknown";
}

std::optional<ActionKind> parse_action_kind(std::string_view text) {
  for (const auto& [value, name] : kActionNames) {
    if (name == text) return value;
  }
  return std::nullopt;
}

std::string marker_of(const ConnectorName& connector, const ApplicationId& application,
                      const RouteName& route, int round, Verdict verdict, ActionKind kind,
                      std::string_view field) {
  // Lengths before texts: no two identities can be spelt the same.
  std::string identity =
      fmt::format("praxisync-marker-1 {} {} {} ", round, to_string(verdict), to_string(kind));
  for (const std::string_view part :
       {std::string_view(connector.text()), std::string_view(application.text()),
        std::string_view(route.text()), field}) {
    identity += fmt::format("{}:{}", part.size(), part);
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  const int done =
      EVP_Digest(identity.data(), identity.size(), digest.data(), &size, EVP_sha256(), nullptr);
  PRAXISYNC_CHECK(done == 1 && size == 32, "SHA-256 is always there");
  return "px:" + base32_head(digest.data());
}

}  // namespace praxisync
