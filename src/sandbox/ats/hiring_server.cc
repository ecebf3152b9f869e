#include "sandbox/ats/hiring_server.h"

namespace praxisync::sandbox::ats {

HiringServer::HiringServer(const PlayedAts& ats, DrivenClock& clock, ServerOptions options)
    : ats_(ats),
      clock_(clock),
      peer_(ats.make(clock)),
      recruiters_(peer_->world(), start_hiring(peer_->world(), plan_shape(ats.type))),
      server_(*peer_, clock, options, [this] { recruiters_.work_until(clock_.now()); }) {}

std::vector<std::string> HiringServer::work() {
  return between_requests([this](Peer&) { return recruiters_.work_until(clock_.now()); });
}

Books HiringServer::balance(const AssessSandbox& assess) {
  return between_requests(
      [&](Peer& peer) { return ats::balance(recruiters_.due(), peer.world(), assess); });
}

int HiringServer::ever_due() {
  return between_requests([this](Peer&) { return static_cast<int>(recruiters_.due().size()); });
}

}  // namespace praxisync::sandbox::ats
