#include "http/server_connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>

namespace praxisync::http {
namespace {

bool ready(int socket, short events, Milliseconds timeout) {
  pollfd entry{socket, events, 0};
  return ::poll(&entry, 1, static_cast<int>(timeout.count())) > 0;
}

void name(int socket, int (*ask)(int, sockaddr*, socklen_t*), std::string& ip, int& port) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (ask(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return;
  char text[INET6_ADDRSTRLEN] = {};
  if (address.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    ::inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
    port = ntohs(v4.sin_port);
  } else if (address.ss_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
    ::inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
    port = ntohs(v6.sin6_port);
  }
  ip = text;
}

}  // namespace

bool ServerConnection::wait_for_request() {
  if (begin_ == end_ && !ready(socket_, POLLIN, limits_.idle)) return false;
  deadline_ = std::chrono::steady_clock::now() + limits_.whole_request;
  return true;
}

/// Until the peer must have said something.
Milliseconds ServerConnection::time_to_read() const {
  const auto left = std::chrono::ceil<Milliseconds>(deadline_ - std::chrono::steady_clock::now());
  return std::clamp(left, Milliseconds{0}, limits_.stall);
}

bool ServerConnection::is_readable() const {
  return begin_ < end_ || ready(socket_, POLLIN, time_to_read());
}

bool ServerConnection::is_writable() const {
  return !dropped_ && ready(socket_, POLLOUT, limits_.stall);
}

/// Buffered: httplib reads the head byte by byte.
ssize_t ServerConnection::read(char* data, std::size_t size) {
  if (begin_ == end_) {
    if (!is_readable()) return -1;
    const ssize_t got = ::recv(socket_, buffer_, sizeof buffer_, 0);
    if (got <= 0) return got;
    begin_ = 0;
    end_ = static_cast<std::size_t>(got);
  }
  const std::size_t taken = std::min(size, end_ - begin_);
  std::copy_n(buffer_ + begin_, taken, data);
  begin_ += taken;
  return static_cast<ssize_t>(taken);
}

ssize_t ServerConnection::write(const char* data, std::size_t size) {
  if (!is_writable()) return -1;
  return ::send(socket_, data, size, MSG_NOSIGNAL);
}

void ServerConnection::get_remote_ip_and_port(std::string& ip, int& port) const {
  name(socket_, ::getpeername, ip, port);
}

void ServerConnection::get_local_ip_and_port(std::string& ip, int& port) const {
  name(socket_, ::getsockname, ip, port);
}

}  // namespace praxisync::http
