#include "sandbox/loopback_server.h"

#include <chrono>

namespace praxisync::sandbox {
namespace {

// Above kMaxBody, so that the handler's own 413 is seen.
constexpr std::size_t kMostBody = 8U << 20;

http::ServerOptions server_options(const ServerOptions& options) {
  return {.port = options.port,
          .threads = options.threads,
          .max_body = kMostBody,
          .whole_request = std::chrono::minutes{10}};
}

}  // namespace

LoopbackServer::LoopbackServer(Handler handler, ServerOptions options)
    : handler_(std::move(handler)),
      server_([this](const http::Request& request, const http::Peer&) { return answer(request); },
              server_options(options)) {}

http::Reply LoopbackServer::answer(http::Request request) {
  request.url = origin() + request.url;
  Delivery delivery = between_requests([&] { return handler_(request); });
  if (delivery.delay > Milliseconds{0}) server_.pause(delivery.delay);
  if (delivery.response && delivery.complete) delivery.complete(*delivery.response);
  return {std::move(delivery.response), delivery.cut_after};
}

}  // namespace praxisync::sandbox
