#include "sandbox/ats/server.h"

#include "sandbox/ats/control.h"
#include "sandbox/orders.h"
#include "sandbox/routing.h"

namespace praxisync::sandbox::ats {

PeerServer::PeerServer(Peer& peer, DrivenClock& clock, ServerOptions options,
                       std::function<void()> catch_up)
    : peer_(peer),
      server_(
          [&peer, &clock,
           catch_up = std::move(catch_up)](const http::Request& request) -> Delivery {
            if (catch_up) catch_up();
            if (parse_target(request.url).path.starts_with(kOrders))
              return {control(peer, clock, request)};
            return peer.deliver(request);
          },
          options) {}

}  // namespace praxisync::sandbox::ats
