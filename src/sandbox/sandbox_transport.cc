#include "sandbox/sandbox_transport.h"

#include <utility>

namespace praxisync::sandbox {

std::uint64_t fnv1a(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  return hash;
}

Result<http::Response> receive(Delivery delivery, http::Repeat repeat, Clock& clock) {
  if (delivery.delay > Milliseconds{0}) clock.sleep_until(clock.now() + delivery.delay);
  if (!delivery.response || delivery.cut_after) {
    return Error{repeat == http::Repeat::Safe ? ErrorKind::Transient : ErrorKind::OutcomeUnknown,
                 "the connection ended before the answer"};
  }
  return std::move(*delivery.response);
}

Result<http::Response> SandboxTransport::send(const http::Request& request) {
  http::Request sent = request;
  const bool carries_key = !http::header(sent.headers, "Authorization").empty();
  if (!carries_key && !key_.empty()) sent.headers.push_back({"Authorization", "Bearer " + key_});
  const bool ours = request.url.starts_with(origin_ + std::string(kPublicPath));
  log_.push_back({request.method, request.url, carries_key || !key_.empty(), ours,
                  fnv1a(request.body), 0, clock_.now()});
  if (!ours) return Error{ErrorKind::Transient, "no such host"};

  Result<http::Response> reply = receive(sandbox_.deliver(sent), request.repeat, clock_);
  if (reply) log_.back().status = reply->status;
  return reply;
}

}  // namespace praxisync::sandbox
