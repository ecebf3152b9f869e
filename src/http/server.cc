#include "http/server.h"

#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "http/server_connection.h"

namespace praxisync::http {
namespace {

constexpr std::size_t kMostRequests = 1'000'000;  // on one connection

/// A request that names no length has no body (RFC 9112 6.3); httplib would wait for one.
void without_body(httplib::Request& request) {
  if (!request.has_header("Content-Length") && !request.has_header("Transfer-Encoding")) {
    request.set_header("Content-Length", "0");
  }
}

std::optional<Method> method_of(std::string_view text) {
  if (text == "HEAD") return Method::Get;  // httplib leaves the body out
  for (const auto method :
       {Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete}) {
    if (to_string(method) == text) return method;
  }
  return std::nullopt;
}

/// Threads for connections, and room for so many that wait for one. A job that finds no room is
/// done at once, with `turned_away` set.
class Workers final : public httplib::TaskQueue {
 public:
  Workers(int threads, int room) : room_(static_cast<std::size_t>(std::max(room, 1))) {
    for (int i = 0; i < std::max(threads, 1); ++i) threads_.emplace_back([this] { work(); });
  }

  /// Whether the job that this thread does found no room.
  static bool turned_away() { return turned_away_; }

  void enqueue(std::function<void()> job) override {
    {
      const std::lock_guard lock(mutex_);
      if (jobs_.size() < room_) {
        jobs_.push_back(std::move(job));
        come_.notify_one();
        return;
      }
    }
    turned_away_ = true;
    job();
    turned_away_ = false;
  }

  void shutdown() override {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    come_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  void work() {
    while (true) {
      std::unique_lock lock(mutex_);
      come_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      const std::function<void()> job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      job();
    }
  }

  static thread_local bool turned_away_;
  const std::size_t room_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable come_;
  std::deque<std::function<void()>> jobs_;
  bool ending_ = false;
};

thread_local bool Workers::turned_away_ = false;

/// httplib's server with our own connections, which stop() ends.
class Listener final : public httplib::Server {
 public:
  explicit Listener(const ConnectionLimits& limits) : limits_(limits) {}

  /// The connection whose request is being handled by this thread.
  static ServerConnection* current() { return current_; }

  void end_connections() {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
    ended_.notify_all();
  }

  void pause(Milliseconds span) {
    std::unique_lock lock(mutex_);
    ended_.wait_for(lock, span, [this] { return ending_; });
  }

 private:
  bool process_and_close_socket(socket_t socket) override {
    if (Workers::turned_away()) {
      turn_away(socket);
    } else if (admit(socket)) {
      serve(socket);
    }
    const std::lock_guard lock(mutex_);
    open_.erase(socket);
    ::shutdown(socket, SHUT_RDWR);
    ::close(socket);
    return true;
  }

  static void turn_away(int socket) {
    static constexpr std::string_view kBusy =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
        "Connection: close\r\n\r\n";
    static_cast<void>(::send(socket, kBusy.data(), kBusy.size(), MSG_NOSIGNAL | MSG_DONTWAIT));
  }

  bool admit(int socket) {
    const std::lock_guard lock(mutex_);
    if (ending_) return false;
    open_.insert(socket);
    return true;
  }

  void serve(int socket) {
    ServerConnection connection(socket, limits_);
    current_ = &connection;
    for (std::size_t left = kMostRequests; left > 0 && connection.wait_for_request(); --left) {
      bool closed = false;
      if (!process_request(connection, left == 1, closed, without_body) || closed ||
          connection.dropped())
        break;
    }
    current_ = nullptr;
  }

  static thread_local ServerConnection* current_;
  const ConnectionLimits limits_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::set<int> open_;
  bool ending_ = false;
};

thread_local ServerConnection* Listener::current_ = nullptr;

void write(Reply answer, httplib::Response& reply) {
  if (!answer.response) return Listener::current()->drop();
  Response& response = *answer.response;
  reply.status = response.status;
  std::string type = "application/json";
  for (const Header& header : response.headers) {
    if (header.name == "Content-Type") {
      type = header.value;
    } else {
      reply.set_header(header.name, header.value);
    }
  }
  if (!answer.cut_after || *answer.cut_after >= response.body.size()) {
    if (!response.body.empty()) reply.set_content(std::move(response.body), type);
    return;
  }
  // The head promises the whole body; then the connection ends.
  const std::size_t whole = response.body.size();
  response.body.resize(*answer.cut_after);
  reply.set_content_provider(
      whole, type, [body = std::move(response.body)](auto, auto, httplib::DataSink& sink) {
        sink.write(body.data(), body.size());
        Listener::current()->drop();
        return false;
      });
}

bool is_loopback(std::string_view ip) {
  return ip.starts_with("127.") || ip == "::1" || ip.starts_with("::ffff:127.");
}

}  // namespace

struct Server::Impl {
  Handler handler;
  ServerOptions options;
  Listener listener;
  std::thread thread{};
  std::atomic<bool> ended{false};
  int port = 0;

  Impl(Handler handler_, ServerOptions options_)
      : handler(std::move(handler_)),
        options(std::move(options_)),
        listener({options.idle, options.stall, options.whole_request}) {
    const auto answer = [this](const httplib::Request& asked, httplib::Response& reply) {
      this->answer(asked, reply);
    };
    const char* anything = R"([\s\S]*)";
    listener.Get(anything, answer).Post(anything, answer).Patch(anything, answer);
    listener.Delete(anything, answer).Put(anything, answer).Options(anything, answer);
    // Without it each small answer takes 40 ms.
    listener.set_tcp_nodelay(true);
    // httplib's own choice is SO_REUSEPORT, with which a second server would share the port.
    listener.set_socket_options([](socket_t socket) {
      const int on = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    });
    listener.set_payload_max_length(options.max_body);
    listener.set_exception_handler([](const httplib::Request&, httplib::Response& reply,
                                      std::exception_ptr) { reply.status = 500; });
    listener.new_task_queue = [this] { return new Workers(options.threads, options.waiting); };
  }

  void answer(const httplib::Request& asked, httplib::Response& reply) {
    const auto method = method_of(asked.method);
    if (!method) {
      reply.status = 405;
      return;
    }
    Request request{.method = *method, .url = asked.target, .body = asked.body};
    for (const auto& [name, value] : asked.headers) request.headers.push_back({name, value});
    write(handler(request, Peer{asked.remote_addr, is_loopback(asked.remote_addr)}), reply);
  }
};

Server::Server(Handler handler, ServerOptions options)
    : impl_(std::make_unique<Impl>(std::move(handler), std::move(options))) {}

Server::~Server() { stop(); }

Result<void> Server::start() {
  Impl& impl = *impl_;
  const std::string& address = impl.options.address;
  const int wanted = impl.options.port;
  impl.port = wanted == 0 ? impl.listener.bind_to_any_port(address.c_str()) : wanted;
  const bool bound =
      wanted == 0 ? impl.port > 0 : impl.listener.bind_to_port(address.c_str(), wanted);
  if (!bound) {
    const std::string port = wanted == 0 ? "a port" : "port " + std::to_string(wanted);
    return Error{ErrorKind::Fatal, "cannot bind " + port + " on " + address + ": is it in use?"};
  }
  impl.thread = std::thread([&impl] {
    impl.listener.listen_after_bind();
    impl.ended = true;
  });
  // stop() before the listening has begun would be lost.
  while (!impl.listener.is_running() && !impl.ended) std::this_thread::yield();
  return {};
}

void Server::stop() {
  if (!impl_->thread.joinable()) return;
  impl_->listener.end_connections();
  impl_->listener.stop();
  impl_->thread.join();
}

void Server::pause(Milliseconds span) { impl_->listener.pause(span); }

int Server::port() const { return impl_->port; }

std::string Server::origin() const {
  const std::string& address = impl_->options.address;
  const bool v6 = address.find(':') != std::string::npos;
  return "http://" + (v6 ? "[" + address + "]" : address) + ":" + std::to_string(impl_->port);
}

}  // namespace praxisync::http
