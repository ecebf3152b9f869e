/// The played Assess API behind a socket on loopback: the peer of the whole binary in tests and
/// demos.
#pragma once

#include <mutex>
#include <string>
#include <utility>

#include "sandbox/assess_sandbox.h"
#include "sandbox/driven_clock.h"
#include "sandbox/loopback_server.h"

namespace praxisync::sandbox {

class SandboxServer {
 public:
  /// Both outlive the server. `clock` is the one that the sandbox was made with.
  SandboxServer(AssessSandbox& sandbox, DrivenClock& clock, ServerOptions options = {});

  Result<void> start() { return server_.start(); }
  void stop() { server_.stop(); }
  int port() const { return server_.port(); }
  std::string origin() const { return server_.origin(); }

  /// Looks at or changes the sandbox while no request is being handled:
  /// `server.between_requests([](AssessSandbox& sandbox) { return sandbox.world().listed.size();
  /// })`
  template <typename Body>
  auto between_requests(Body&& body) {
    const std::lock_guard lock(mutex_);
    return std::forward<Body>(body)(sandbox_);
  }

 private:
  AssessSandbox& sandbox_;
  DrivenClock& clock_;
  std::mutex mutex_;
  LoopbackServer server_;
};

}  // namespace praxisync::sandbox
