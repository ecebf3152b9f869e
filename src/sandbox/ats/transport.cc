#include "sandbox/ats/transport.h"

#include <utility>

#include "domain/check.h"
#include "sandbox/sandbox_transport.h"

namespace praxisync::sandbox::ats {
namespace {

/// "https://host" of "https://host/path?query".
std::string origin_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return {};
  return url.substr(0, url.find_first_of("/?#", scheme + 3));
}

}  // namespace

void PeerTransport::mount(Peer& peer) {
  for (std::string& origin : peer.origins()) {
    const bool added = peers_.emplace(std::move(origin), &peer).second;
    PRAXISYNC_CHECK(added, "each origin is mounted once");
  }
}

Result<http::Response> PeerTransport::send(const http::Request& request) {
  const bool authorized = !http::header(request.headers, "Authorization").empty();
  log_.push_back({request.method, request.url, authorized, fnv1a(request.body), 0, clock_.now()});
  const auto peer = peers_.find(origin_of(request.url));
  if (peer == peers_.end()) return Error{ErrorKind::Transient, "no such host"};

  Result<http::Response> reply = receive(peer->second->deliver(request), request.repeat, clock_);
  if (reply) log_.back().status = reply->status;
  return reply;
}

}  // namespace praxisync::sandbox::ats
