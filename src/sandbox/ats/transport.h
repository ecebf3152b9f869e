/// Played ATSs mounted as a Transport, each under its origins, for tests: what a dropped connection
/// would look like to a client, and a log of every request that went out.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "domain/clock.h"
#include "http/transport.h"
#include "sandbox/ats/peer.h"

namespace praxisync::sandbox::ats {

class PeerTransport final : public http::Transport {
 public:
  struct Sent {
    http::Method method;
    std::string url;
    bool authorized;          ///< it carried an Authorization header
    std::uint64_t body_hash;  ///< fnv1a of the body's bytes
    int status;               ///< 0: no answer
    Timestamp at;
  };

  /// `clock` is slept on for a Delay, and outlives the transport.
  explicit PeerTransport(Clock& clock) : clock_(clock) {}

  /// `peer` outlives the transport. No two may share an origin.
  void mount(Peer& peer);

  /// A request to an origin that nobody answers for is Transient, as where no such host can be
  /// reached. A connection that ends before the whole answer is there is Transient for Repeat::Safe
  /// and OutcomeUnknown otherwise.
  Result<http::Response> send(const http::Request& request) override;

  const std::vector<Sent>& log() const { return log_; }
  void clear_log() { log_.clear(); }

 private:
  Clock& clock_;
  std::map<std::string, Peer*> peers_;  ///< by origin
  std::vector<Sent> log_;
};

}  // namespace praxisync::sandbox::ats
