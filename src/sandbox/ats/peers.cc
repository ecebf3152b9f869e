#include "sandbox/ats/peers.h"

#include <algorithm>

#include "sandbox/ats/ashby/ashby.h"
#include "sandbox/ats/greenhouse/greenhouse.h"
#include "sandbox/ats/lever/lever.h"

namespace praxisync::sandbox::ats {

const std::vector<PlayedAts>& played_atss() {
  static const std::vector<PlayedAts> known{
      {"ashby", make_ashby, {{"base_url", ""}}, {{"api_key", "ASHBY_API_KEY", kAshbyApiKey}}},
      {"greenhouse",
       make_greenhouse,
       {{"base_url", ""}, {"token_url", "/token"}},
       {{"client_id", "GREENHOUSE_CLIENT_ID", kGreenhouseClientId},
        {"client_secret", "GREENHOUSE_CLIENT_SECRET", kGreenhouseClientSecret}}},
      {"lever", make_lever, {{"base_url", ""}}, {{"api_key", "LEVER_API_KEY", kLeverApiKey}}}};
  return known;
}

const PlayedAts* find_played(std::string_view type) {
  const auto& known = played_atss();
  const auto found = std::find_if(known.begin(), known.end(),
                                  [&](const PlayedAts& ats) { return ats.type == type; });
  return found == known.end() ? nullptr : &*found;
}

std::unique_ptr<Peer> make_peer(std::string_view type, const Clock& clock) {
  const PlayedAts* ats = find_played(type);
  return ats == nullptr ? nullptr : ats->make(clock);
}

const std::vector<std::string>& peer_types() {
  static const std::vector<std::string> types = [] {
    std::vector<std::string> names;
    for (const PlayedAts& ats : played_atss()) names.push_back(ats.type);
    return names;
  }();
  return types;
}

std::string connector_config(const PlayedAts& ats, std::string_view origin) {
  std::string toml = "[[connector]]\nname = \"ats\"\ntype = \"" + ats.type + "\"\n";
  for (const Address& address : ats.addresses)
    toml += address.setting + " = \"" + std::string(origin) + address.path + "\"\n";
  for (const Credential& credential : ats.credentials)
    toml += credential.setting + " = { env = \"" + credential.variable + "\" }\n";
  return toml;
}

}  // namespace praxisync::sandbox::ats
