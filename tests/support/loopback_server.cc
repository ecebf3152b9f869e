#include "support/loopback_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <optional>

#include "domain/check.h"
#include "domain/text.h"

namespace praxisync::testing_support {
namespace {

constexpr int kForever = -1;

/// A bound TCP socket; its port in `port`.
int bind_to_any_port(int& port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  PRAXISYNC_CHECK(socket >= 0, "a test may open sockets");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  PRAXISYNC_CHECK(::bind(socket, generic, size) == 0, "loopback has a free port");
  PRAXISYNC_CHECK(::getsockname(socket, generic, &size) == 0, "a bound socket has a name");
  port = ntohs(address.sin_port);
  return socket;
}

/// What happened on the socket; 0 when the time is over, POLLHUP when the server stops.
short wait_for(int socket, int stop, short events, int timeout) {
  std::array<pollfd, 2> waiting{{{socket, events, 0}, {stop, POLLIN, 0}}};
  while (::poll(waiting.data(), waiting.size(), timeout) < 0 && errno == EINTR) {
  }
  return waiting[1].revents != 0 ? static_cast<short>(POLLHUP) : waiting[0].revents;
}

std::optional<std::string> receive(int socket, int stop) {
  if (wait_for(socket, stop, POLLIN, kForever) & POLLHUP) return std::nullopt;
  std::array<char, 65536> buffer;
  const ssize_t size = ::recv(socket, buffer.data(), buffer.size(), 0);
  if (size <= 0) return std::nullopt;
  return std::string(buffer.data(), static_cast<std::size_t>(size));
}

std::size_t content_length(const Arrival& arrival) {
  const std::string text = arrival.header("Content-Length");
  std::size_t size = 0;
  std::from_chars(text.data(), text.data() + text.size(), size);
  return size;
}

/// The next request out of the connection; `pending` keeps what came with it of the one after.
std::optional<Arrival> next_arrival(int socket, int stop, std::string& pending) {
  std::size_t end = pending.find("\r\n\r\n");
  while (end == std::string::npos) {
    const std::optional<std::string> more = receive(socket, stop);
    if (!more) return std::nullopt;
    pending += *more;
    end = pending.find("\r\n\r\n");
  }
  Arrival arrival;
  arrival.head = pending.substr(0, end + 2);
  pending.erase(0, end + 4);
  const std::size_t length = content_length(arrival);
  while (pending.size() < length) {
    const std::optional<std::string> more = receive(socket, stop);
    if (!more) return std::nullopt;
    pending += *more;
  }
  arrival.body = pending.substr(0, length);
  pending.erase(0, length);
  return arrival;
}

}  // namespace

std::string Arrival::method() const { return head.substr(0, head.find(' ')); }

std::string Arrival::target() const {
  const std::size_t start = std::min(head.find(' '), head.size() - 1) + 1;
  return head.substr(start, head.find(' ', start) - start);
}

std::string Arrival::header(std::string_view name) const {
  const std::string wanted = "\r\n" + to_lower(name) + ":";
  const std::size_t start = to_lower(head).find(wanted);
  if (start == std::string::npos) return {};
  const std::size_t value = start + wanted.size();
  return std::string(trim(std::string_view(head).substr(value, head.find("\r\n", value) - value)));
}

bool Line::send(std::string_view bytes) {
  while (!bytes.empty()) {
    if ((wait_for(socket_, stop_, POLLOUT, kForever) & POLLOUT) == 0) return false;
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN) return false;
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Line::stay(Milliseconds span) {
  return wait_for(socket_, stop_, POLLRDHUP, static_cast<int>(span.count())) == 0;
}

void Line::stay_until_the_client_leaves() { wait_for(socket_, stop_, POLLRDHUP, kForever); }

Behaviour answer(int status, std::string body, std::string headers) {
  return [bytes = fmt::format("HTTP/1.1 {} Status\r\n{}Content-Length: {}\r\n\r\n{}", status,
                              headers, body.size(), body)](const Arrival&, Line& line) {
    return line.send(bytes) ? Then::KeepOpen : Then::Close;
  };
}

Behaviour raw(std::string bytes) {
  return [bytes = std::move(bytes)](const Arrival&, Line& line) {
    line.send(bytes);
    return Then::Close;
  };
}

Behaviour close_without_answer() { return raw({}); }

Behaviour silence(std::string first) {
  return [first = std::move(first)](const Arrival&, Line& line) {
    line.send(first);
    line.stay_until_the_client_leaves();
    return Then::Close;
  };
}

Behaviour endless(std::string first, std::string again, Milliseconds pause) {
  return [first = std::move(first), again = std::move(again), pause](const Arrival&, Line& line) {
    bool there = line.send(first);
    while (there) there = line.send(again) && (pause.count() == 0 || line.stay(pause));
    return Then::Close;
  };
}

Behaviour in_turn(std::vector<Behaviour> behaviours) {
  return [behaviours = std::move(behaviours)](const Arrival& arrival, Line& line) {
    const std::size_t index = static_cast<std::size_t>(arrival.number) - 1;
    return behaviours[std::min(index, behaviours.size() - 1)](arrival, line);
  };
}

LoopbackServer::LoopbackServer(Behaviour behaviour)
    : behaviour_(std::move(behaviour)),
      listener_(bind_to_any_port(port_)),
      stop_(::eventfd(0, EFD_CLOEXEC)) {
  PRAXISYNC_CHECK(stop_ >= 0 && ::listen(listener_, 64) == 0, "a test may listen on loopback");
  acceptor_ = std::jthread([this] { accept_all(); });
}

LoopbackServer::~LoopbackServer() {
  ::eventfd_write(stop_, 1);
  acceptor_.join();
  threads_.clear();
  ::close(listener_);
  ::close(stop_);
}

std::string LoopbackServer::url(std::string_view path) const {
  return fmt::format("http://127.0.0.1:{}{}", port_, path);
}

std::vector<Arrival> LoopbackServer::arrivals() const {
  const std::lock_guard lock(mutex_);
  return arrivals_;
}

int LoopbackServer::connections() const {
  const std::lock_guard lock(mutex_);
  return connections_;
}

void LoopbackServer::accept_all() {
  while ((wait_for(listener_, stop_, POLLIN, kForever) & POLLHUP) == 0) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    int number = 0;
    {
      const std::lock_guard lock(mutex_);
      number = ++connections_;
    }
    threads_.emplace_back([this, socket, number] { serve(socket, number); });
  }
}

void LoopbackServer::serve(int socket, int connection) {
  std::string pending;
  Line line(socket, stop_);
  while (std::optional<Arrival> arrival = next_arrival(socket, stop_, pending)) {
    arrival->connection = connection;
    record(*arrival);
    if (behaviour_(*arrival, line) == Then::Close) break;
  }
  ::shutdown(socket, SHUT_RDWR);
  ::close(socket);
}

void LoopbackServer::record(Arrival& arrival) {
  const std::lock_guard lock(mutex_);
  arrival.number = static_cast<int>(arrivals_.size()) + 1;
  arrivals_.push_back(arrival);
}

RefusingPort::RefusingPort() : socket_(bind_to_any_port(port_)) {}
RefusingPort::~RefusingPort() { ::close(socket_); }

}  // namespace praxisync::testing_support
