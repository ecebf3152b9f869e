#include "sandbox/loopback_server.h"

#include <arpa/inet.h>
#include <httplib.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>

namespace praxisync::sandbox {
namespace {

constexpr int kIdle = 15'000;   // ms that an idle connection is kept
constexpr int kStall = 10'000;  // ms that a peer may take in the middle of a request or answer
constexpr std::size_t kMostRequests = 1'000'000;  // on one connection
// Above kMaxBody, so that the handler's own 413 is seen; beyond this httplib answers.
constexpr std::size_t kMostBody = 8U << 20;

/// A request that names no length has no body (RFC 9112 6.3); httplib would wait for one.
void without_body(httplib::Request& request) {
  if (!request.has_header("Content-Length") && !request.has_header("Transfer-Encoding")) {
    request.set_header("Content-Length", "0");
  }
}

bool ready(int socket, short events, int timeout) {
  pollfd entry{socket, events, 0};
  return ::poll(&entry, 1, timeout) > 0;
}

void address_of(const sockaddr_in& address, std::string& ip, int& port) {
  char text[INET_ADDRSTRLEN] = {};
  ::inet_ntop(AF_INET, &address.sin_addr, text, sizeof text);
  ip = text;
  port = ntohs(address.sin_port);
}

/// A connection that can be told to say nothing more.
class Connection final : public httplib::Stream {
 public:
  explicit Connection(int socket) : socket_(socket) {}

  void drop() { dropped_ = true; }
  bool dropped() const { return dropped_; }
  bool wait_for_request() const { return begin_ < end_ || ready(socket_, POLLIN, kIdle); }

  bool is_readable() const override { return begin_ < end_ || ready(socket_, POLLIN, kStall); }
  bool is_writable() const override { return !dropped_ && ready(socket_, POLLOUT, kStall); }

  /// Buffered: httplib reads the head byte by byte.
  ssize_t read(char* data, std::size_t size) override {
    if (begin_ == end_) {
      if (!ready(socket_, POLLIN, kStall)) return -1;
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

  ssize_t write(const char* data, std::size_t size) override {
    if (dropped_ || !ready(socket_, POLLOUT, kStall)) return -1;
    return ::send(socket_, data, size, MSG_NOSIGNAL);
  }

  void get_remote_ip_and_port(std::string& ip, int& port) const override {
    name(::getpeername, ip, port);
  }
  void get_local_ip_and_port(std::string& ip, int& port) const override {
    name(::getsockname, ip, port);
  }
  socket_t socket() const override { return socket_; }

 private:
  void name(int (*ask)(int, sockaddr*, socklen_t*), std::string& ip, int& port) const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    if (ask(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0)
      address_of(address, ip, port);
  }

  int socket_;
  bool dropped_ = false;
  char buffer_[16 * 1024];
  std::size_t begin_ = 0, end_ = 0;
};

/// httplib's server with our own connections: its own cannot be closed without an answer, and are
/// not closed by stop().
class Server final : public httplib::Server {
 public:
  /// The connection whose request is being handled by this thread.
  static Connection* current() { return current_; }

  void end_connections() {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
    ended_.notify_all();
  }

  /// Waits for `span`, or until the connections are ended.
  void pause(Milliseconds span) {
    std::unique_lock lock(mutex_);
    ended_.wait_for(lock, span, [this] { return ending_; });
  }

 private:
  bool process_and_close_socket(socket_t socket) override {
    if (admit(socket)) serve(socket);
    const std::lock_guard lock(mutex_);
    open_.erase(socket);
    ::shutdown(socket, SHUT_RDWR);
    ::close(socket);
    return true;
  }

  bool admit(int socket) {
    const std::lock_guard lock(mutex_);
    if (ending_) return false;
    open_.insert(socket);
    return true;
  }

  void serve(int socket) {
    Connection connection(socket);
    current_ = &connection;
    for (std::size_t left = kMostRequests; left > 0 && connection.wait_for_request(); --left) {
      bool closed = false;
      if (!process_request(connection, left == 1, closed, without_body) || closed ||
          connection.dropped())
        break;
    }
    current_ = nullptr;
  }

  static thread_local Connection* current_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::set<int> open_;
  bool ending_ = false;
};

thread_local Connection* Server::current_ = nullptr;

std::optional<http::Method> method_of(std::string_view text) {
  for (const auto method : {http::Method::Get, http::Method::Post, http::Method::Put,
                            http::Method::Patch, http::Method::Delete}) {
    if (to_string(method) == text) return method;
  }
  return std::nullopt;
}

}  // namespace

struct LoopbackServer::Impl {
  Handler handler;
  ServerOptions options;
  Server server{};
  std::mutex mutex{};
  std::thread thread{};
  std::atomic<bool> ended{false};
  int port = 0;

  void answer(const httplib::Request& asked, httplib::Response& reply) {
    const auto method = method_of(asked.method);
    if (!method) {
      reply.status = 405;
      return;
    }
    http::Request request{
        *method, "http://127.0.0.1:" + std::to_string(port) + asked.target, {}, asked.body};
    for (const auto& [name, value] : asked.headers) request.headers.push_back({name, value});
    Delivery delivery = deliver(request);
    if (delivery.delay > Milliseconds{0}) server.pause(delivery.delay);
    if (!delivery.response) return Server::current()->drop();
    if (delivery.complete) delivery.complete(*delivery.response);
    write(std::move(*delivery.response), delivery.cut_after, reply);
  }

  Delivery deliver(const http::Request& request) {
    const std::lock_guard lock(mutex);
    return handler(request);
  }

  static void write(http::Response response, std::optional<std::size_t> cut_after,
                    httplib::Response& reply) {
    reply.status = response.status;
    std::string type = "application/json";
    for (const http::Header& header : response.headers) {
      if (header.name == "Content-Type") {
        type = header.value;
      } else {
        reply.set_header(header.name, header.value);
      }
    }
    if (!cut_after || *cut_after >= response.body.size()) {
      if (!response.body.empty()) reply.set_content(response.body, type);
      return;
    }
    // The head promises the whole body; then the connection ends.
    const std::size_t whole = response.body.size();
    response.body.resize(*cut_after);
    reply.set_content_provider(
        whole, type, [body = std::move(response.body)](auto, auto, httplib::DataSink& sink) {
          sink.write(body.data(), body.size());
          Server::current()->drop();
          return false;
        });
  }
};

LoopbackServer::LoopbackServer(Handler handler, ServerOptions options)
    : impl_(new Impl{.handler = std::move(handler), .options = options}) {
  const auto answer = [impl = impl_.get()](const httplib::Request& asked,
                                           httplib::Response& reply) {
    impl->answer(asked, reply);
  };
  Server& server = impl_->server;
  const char* anything = R"([\s\S]*)";
  server.Get(anything, answer)
      .Post(anything, answer)
      .Patch(anything, answer)
      .Delete(anything, answer);
  server.Put(anything, answer).Options(anything, answer);
  server.set_tcp_nodelay(true);
  // httplib's own choice is SO_REUSEPORT, with which a second server would share the port.
  server.set_socket_options([](socket_t socket) {
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  });
  server.set_payload_max_length(kMostBody);
  server.new_task_queue = [threads = options.threads] {
    return new httplib::ThreadPool(static_cast<std::size_t>(std::max(threads, 1)));
  };
}

LoopbackServer::~LoopbackServer() { stop(); }

Result<void> LoopbackServer::start() {
  Impl& impl = *impl_;
  const int wanted = impl.options.port;
  impl.port = wanted == 0 ? impl.server.bind_to_any_port("127.0.0.1") : wanted;
  const bool bound = wanted == 0 ? impl.port > 0 : impl.server.bind_to_port("127.0.0.1", wanted);
  if (!bound) return Error{ErrorKind::Fatal, "cannot bind a port on 127.0.0.1: is it in use?"};
  impl.thread = std::thread([&impl] {
    impl.server.listen_after_bind();
    impl.ended = true;
  });
  // stop() before the listening has begun would be lost.
  while (!impl.server.is_running() && !impl.ended) std::this_thread::yield();
  return {};
}

void LoopbackServer::stop() {
  if (!impl_->thread.joinable()) return;
  impl_->server.end_connections();
  impl_->server.stop();
  impl_->thread.join();
}

std::mutex& LoopbackServer::mutex() { return impl_->mutex; }

int LoopbackServer::port() const { return impl_->port; }

std::string LoopbackServer::origin() const {
  return "http://127.0.0.1:" + std::to_string(impl_->port);
}

}  // namespace praxisync::sandbox
