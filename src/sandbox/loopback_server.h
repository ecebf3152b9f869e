/// An HTTP/1.1 server on 127.0.0.1 around any function from a request to what comes over the wire,
/// so that faults reach real sockets: a dropped connection is closed without a byte. A fixed number
/// of threads; the function is called by one at a time, with `mutex` held. Not for any network but
/// loopback.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <utility>

#include "domain/result.h"
#include "http/server.h"
#include "sandbox/faults.h"

namespace praxisync::sandbox {

struct ServerOptions {
  int port = 0;      ///< 0: any that is free
  int threads = 32;  ///< each open connection takes one while it lives
};

class LoopbackServer {
 public:
  using Handler = std::function<Delivery(const http::Request&)>;

  LoopbackServer(Handler handler, ServerOptions options);

  /// Binds and serves in threads of its own. Fatal where the port cannot be had.
  Result<void> start() { return server_.start(); }
  /// Ends every connection and waits for the threads. A second call does nothing.
  void stop() { server_.stop(); }

  int port() const { return server_.port(); }
  /// "http://127.0.0.1:PORT"
  std::string origin() const { return server_.origin(); }

  std::mutex& mutex() { return mutex_; }
  /// While no request is being handled.
  template <typename Body>
  auto between_requests(Body&& body) {
    const std::lock_guard lock(mutex_);
    return std::forward<Body>(body)();
  }

 private:
  http::Reply answer(http::Request request);

  Handler handler_;
  std::mutex mutex_;
  http::Server server_;
};

}  // namespace praxisync::sandbox
