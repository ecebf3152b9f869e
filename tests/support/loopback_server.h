/// A server on real sockets that misbehaves as it is told: for tests of what no well-behaved HTTP
/// library can be made to do. Listens on 127.0.0.1, on a port that the system picks, until it is
/// destroyed; each connection has a thread of its own.
#pragma once

#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "domain/time.h"

namespace praxisync::testing_support {

/// One request as it came in.
struct Arrival {
  int connection = 0;  ///< 1 for the first connection, and so on
  int number = 0;      ///< 1 for the first request, over all connections
  std::string head;    ///< the request line and the headers, as sent
  std::string body;

  std::string method() const;
  std::string target() const;
  /// The header's value, or empty; case of the name is ignored.
  std::string header(std::string_view name) const;
};

/// The server's end of a connection. Every wait ends when the client leaves or the server stops.
class Line {
 public:
  Line(int socket, int stop) : socket_(socket), stop_(stop) {}

  /// False once the client has gone.
  bool send(std::string_view bytes);
  /// Waits, and is false once the client has gone.
  bool stay(Milliseconds span);
  void stay_until_the_client_leaves();

 private:
  int socket_, stop_;
};

enum class Then { KeepOpen, Close };
using Behaviour = std::function<Then(const Arrival&, Line&)>;

/// A complete answer with Content-Length; the connection stays open. `headers` are lines with CRLF.
Behaviour answer(int status, std::string body, std::string headers = {});
/// These bytes, then the connection is closed.
Behaviour raw(std::string bytes);
/// The request is read (and so may be taken to have had its effect); no answer.
Behaviour close_without_answer();
/// These bytes, then nothing until the client gives up.
Behaviour silence(std::string first = {});
/// These bytes, then `again` over and over, with a pause in between, until the client gives up.
Behaviour endless(std::string first, std::string again, Milliseconds pause = Milliseconds{0});
/// One behaviour a request, in the order of their arrival; the last one stays.
Behaviour in_turn(std::vector<Behaviour> behaviours);

class LoopbackServer {
 public:
  explicit LoopbackServer(Behaviour behaviour);
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  int port() const { return port_; }
  /// "http://127.0.0.1:PORT" and the path.
  std::string url(std::string_view path = "/") const;
  std::vector<Arrival> arrivals() const;
  int connections() const;

 private:
  void accept_all();
  void serve(int socket, int connection);
  void record(Arrival& arrival);

  Behaviour behaviour_;
  int port_ = 0, listener_ = -1, stop_ = -1;  // in this order: binding the listener sets the port
  mutable std::mutex mutex_;
  std::vector<Arrival> arrivals_;
  int connections_ = 0;
  std::list<std::jthread> threads_;  // only the acceptor adds to it
  std::jthread acceptor_;
};

/// A port of 127.0.0.1 that refuses connections for as long as this lives: bound, never listened
/// on.
class RefusingPort {
 public:
  RefusingPort();
  ~RefusingPort();
  RefusingPort(const RefusingPort&) = delete;
  RefusingPort& operator=(const RefusingPort&) = delete;

  int port() const { return port_; }

 private:
  int port_ = 0, socket_ = -1;
};

}  // namespace praxisync::testing_support
