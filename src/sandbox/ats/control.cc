#include "sandbox/ats/control.h"

#include <array>
#include <nlohmann/json.hpp>

#include "sandbox/orders.h"
#include "sandbox/routing.h"

namespace praxisync::sandbox::ats {
namespace {

http::Response tell_truth(Peer& peer) {
  const Recruiting& world = peer.world();
  std::array<int, 7> written{};
  for (const Effect& effect : world.effects()) ++written[static_cast<std::size_t>(effect.kind)];
  return reply(200, {{"type", peer.type()},
                     {"jobs", world.jobs().size()},
                     {"people", world.people().size()},
                     {"applications", world.applications().size()},
                     {"deleted", world.deletions().size()},
                     {"notes", written[0]},
                     {"tags", written[1]},
                     {"new_tags", written[2]},
                     {"fields", written[3]},
                     {"links", written[4]},
                     {"moves", written[5]},
                     {"rejections", written[6]},
                     {"requests", peer.requests()}});
}

}  // namespace

http::Response control(Peer& peer, DrivenClock& clock, const http::Request& request) {
  if (auto answer = order(peer.faults(), clock, request)) return *answer;
  const bool truth = parse_target(request.url).path == std::string(kOrders) + "truth";
  if (truth && request.method == http::Method::Get) return tell_truth(peer);
  return reply(404, {{"error", "not found"}});
}

}  // namespace praxisync::sandbox::ats
