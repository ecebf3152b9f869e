/// The ATSs that can be played: one line each in peers.cc.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/ats/peer.h"

namespace praxisync::sandbox::ats {

/// A credential that the played ATS takes, and how its connector is given it.
struct Credential {
  std::string setting, variable, value;  ///< the variable of the environment that brings it
};

/// A setting that is an address of it: below the origin where it is served.
struct Address {
  std::string setting, path;  ///< {"base_url", ""}, {"token_url", "/token"}
};

struct PlayedAts {
  std::string type;
  std::unique_ptr<Peer> (*make)(const Clock& clock);
  std::vector<Address> addresses;
  std::vector<Credential> credentials;
};

const std::vector<PlayedAts>& played_atss();
/// nullptr: none of that type is played.
const PlayedAts* find_played(std::string_view type);

std::unique_ptr<Peer> make_peer(std::string_view type, const Clock& clock);
const std::vector<std::string>& peer_types();

/// The [[connector]] of a config, named "ats", whose ATS is served at `origin`.
std::string connector_config(const PlayedAts& ats, std::string_view origin);

}  // namespace praxisync::sandbox::ats
