/// One connection of Server: httplib's own can neither be closed without an answer nor bound the
/// time of a whole request.
#pragma once

#include <httplib.h>

#include <chrono>

#include "domain/time.h"

namespace praxisync::http {

struct ConnectionLimits {
  Milliseconds idle, stall, whole_request;
};

class ServerConnection final : public httplib::Stream {
 public:
  ServerConnection(int socket, const ConnectionLimits& limits) : socket_(socket), limits_(limits) {}

  /// From here on nothing is sent any more.
  void drop() { dropped_ = true; }
  bool dropped() const { return dropped_; }
  /// False when the peer has gone, or says nothing for too long. The time of the request begins.
  bool wait_for_request();

  bool is_readable() const override;
  bool is_writable() const override;
  ssize_t read(char* data, std::size_t size) override;
  ssize_t write(const char* data, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return socket_; }

 private:
  Milliseconds time_to_read() const;

  int socket_;
  ConnectionLimits limits_;
  bool dropped_ = false;
  std::chrono::steady_clock::time_point deadline_{};
  char buffer_[16 * 1024];
  std::size_t begin_ = 0, end_ = 0;
};

}  // namespace praxisync::http
