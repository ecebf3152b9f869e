/// An HTTP/1.1 server around a function from a request to its answer, called by a fixed number of
/// threads. It bounds what a peer may send, how long a request may take to arrive, and how many
/// connections wait. No TLS: that is the part of a proxy in front of it.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "domain/result.h"
#include "http/transport.h"

namespace praxisync::http {

struct ServerOptions {
  std::string address = "127.0.0.1";  ///< IPv4 or IPv6, or a name of this host
  int port = 0;                       ///< 0: any that is free
  int threads = 16;                   ///< each open connection takes one while it lives
  int waiting = 256;  ///< connections without a thread; whoever comes on top gets a 503
  std::size_t max_body = 1U << 20;
  Milliseconds idle{15'000};           ///< that a connection without a request is kept
  Milliseconds stall{10'000};          ///< between two pieces of a request, or of an answer
  Milliseconds whole_request{30'000};  ///< from its first byte to its last
};

struct Peer {
  std::string ip;
  bool loopback = false;
};

/// What comes over the wire.
struct Reply {
  std::optional<Response> response;        ///< nullopt: the connection is closed without a byte
  std::optional<std::size_t> cut_after{};  ///< of the body, for tests of clients: then it is closed
};

class Server {
 public:
  /// Called by several threads at once. The request's URL is the target as it came: "/path?query".
  /// Methods that Request does not know get a 405 without it. What it throws becomes a 500.
  using Handler = std::function<Reply(const Request&, const Peer&)>;

  Server(Handler handler, ServerOptions options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds and serves in threads of its own. Fatal where the address cannot be had.
  Result<void> start();
  /// Ends every connection and waits for the threads. A second call does nothing.
  void stop();
  /// For handlers: waits for `span`, or until stop().
  void pause(Milliseconds span);

  /// After start().
  int port() const;
  /// "http://127.0.0.1:PORT"
  std::string origin() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace praxisync::http
