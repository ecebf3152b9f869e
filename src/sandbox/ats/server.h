/// A played ATS behind a socket on loopback, all its hosts in one: the peer of the whole binary in
/// tests and demos.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "sandbox/ats/peer.h"
#include "sandbox/driven_clock.h"
#include "sandbox/loopback_server.h"

namespace praxisync::sandbox::ats {

class PeerServer {
 public:
  /// Both outlive the server. `clock` is the one that the peer was made with. `catch_up` is called
  /// before each request, for recruiters who were at work meanwhile; it may be empty.
  PeerServer(Peer& peer, DrivenClock& clock, ServerOptions options = {},
             std::function<void()> catch_up = {});
  ~PeerServer() { stop(); }

  Result<void> start() { return server_.start(); }
  void stop() { server_.stop(); }
  int port() const { return server_.port(); }
  std::string origin() const { return server_.origin(); }

  /// Looks at or changes the peer while no request is being handled.
  template <typename Body>
  auto between_requests(Body&& body) {
    return server_.between_requests([&] { return std::forward<Body>(body)(peer_); });
  }

 private:
  Peer& peer_;
  LoopbackServer server_;
};

}  // namespace praxisync::sandbox::ats
