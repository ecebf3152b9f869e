/// A played ATS with the demo's people in it and recruiters at work, behind a socket: what `demo
/// --ats` and `sandbox --ats` serve.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sandbox/ats/books.h"
#include "sandbox/ats/peers.h"
#include "sandbox/ats/recruiters.h"
#include "sandbox/ats/server.h"

namespace praxisync::sandbox::ats {

class HiringServer {
 public:
  /// Both outlive it. Recruiters begin now.
  HiringServer(const PlayedAts& ats, DrivenClock& clock, ServerOptions options = {});

  /// So many more whom recruiters never touch, in a routed stage. Before it starts.
  void add_applicants(int people) { add_crowd(peer_->world(), people); }
  void lift_limits() { peer_->lift_limits(); }
  Result<void> start() { return server_.start(); }
  void stop() { server_.stop(); }
  int port() const { return server_.port(); }
  std::string origin() const { return server_.origin(); }
  const PlayedAts& ats() const { return ats_; }
  /// The [[connector]] that leads here.
  std::string connector() const { return connector_config(ats_, origin()); }

  /// What recruiters do by the clock's time, a line each. Each request sees them up to date anyway.
  std::vector<std::string> work();

  /// Looks at the world while no request is being handled.
  template <typename Body>
  auto between_requests(Body&& body) {
    return server_.between_requests(std::forward<Body>(body));
  }
  /// Against the other side, which nobody may be asking meanwhile.
  Books balance(const AssessSandbox& assess);
  /// Everybody who was ever in a routed stage.
  int ever_due();

 private:
  const PlayedAts& ats_;
  DrivenClock& clock_;
  std::unique_ptr<Peer> peer_;
  Recruiters recruiters_;
  PeerServer server_;
};

}  // namespace praxisync::sandbox::ats
