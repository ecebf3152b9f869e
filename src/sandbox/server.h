/// The played Assess API behind a socket on loopback: the peer of the whole binary in tests and
/// demos.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "sandbox/assess_sandbox.h"
#include "sandbox/courier.h"
#include "sandbox/driven_clock.h"
#include "sandbox/loopback_server.h"

namespace praxisync::sandbox {

class SandboxServer {
 public:
  /// All outlive the server. `clock` is the one that the sandbox was made with. Webhooks are sent
  /// by `webhooks`, which nobody else may use meanwhile; nullptr: they queue up.
  SandboxServer(AssessSandbox& sandbox, DrivenClock& clock, ServerOptions options = {},
                http::Transport* webhooks = nullptr);
  ~SandboxServer() { stop(); }

  Result<void> start();
  void stop();
  int port() const { return server_.port(); }
  std::string origin() const { return server_.origin(); }

  /// Looks at or changes the sandbox while no request is being handled:
  /// `server.between_requests([](AssessSandbox& sandbox) { return sandbox.world().listed.size();
  /// })`
  template <typename Body>
  auto between_requests(Body&& body) {
    return server_.between_requests([&] { return std::forward<Body>(body)(sandbox_); });
  }

 private:
  Delivery answer(const http::Request& request);

  AssessSandbox& sandbox_;
  DrivenClock& clock_;
  LoopbackServer server_;
  std::optional<Courier> courier_;
};

}  // namespace praxisync::sandbox
