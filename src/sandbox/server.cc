#include "sandbox/server.h"

#include "sandbox/control.h"

namespace praxisync::sandbox {

SandboxServer::SandboxServer(AssessSandbox& sandbox, DrivenClock& clock, ServerOptions options,
                             http::Transport* webhooks)
    : sandbox_(sandbox),
      clock_(clock),
      server_(
          [this](const http::Request& request) {
            Delivery delivery = answer(request);
            if (courier_) courier_->wake();
            return delivery;
          },
          options) {
  if (webhooks != nullptr) courier_.emplace(sandbox_, server_.mutex(), *webhooks);
}

Delivery SandboxServer::answer(const http::Request& request) {
  if (is_control_path(parse_target(request.url).path)) return {control(sandbox_, clock_, request)};
  Delivery delivery = sandbox_.deliver(request);
  if (!courier_ || !delivery.response || delivery.response->status != 200) return delivery;
  if (auto ping = sandbox_.take_ping()) {
    delivery.complete = [this, attempt = std::move(*ping)](http::Response& response) {
      courier_->ping(attempt, response);
    };
  }
  return delivery;
}

Result<void> SandboxServer::start() {
  Result<void> started = server_.start();
  if (started && courier_) courier_->start();
  return started;
}

void SandboxServer::stop() {
  server_.stop();
  if (courier_) courier_->stop();
}

}  // namespace praxisync::sandbox
