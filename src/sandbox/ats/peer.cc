#include "sandbox/ats/peer.h"

namespace praxisync::sandbox::ats {

Delivery Peer::deliver(const http::Request& request) {
  ++requests_;
  return sandbox::deliver(request, faults_,
                          [this](const http::Request& asked) { return handle(asked); });
}

}  // namespace praxisync::sandbox::ats
