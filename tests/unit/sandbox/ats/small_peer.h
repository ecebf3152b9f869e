/// The smallest ATS: it answers "ok" and writes a note for each POST.
#pragma once

#include <string>
#include <vector>

#include "sandbox/ats/peer.h"

namespace praxisync::sandbox::ats::testing_support {

class SmallPeer final : public Peer {
 public:
  SmallPeer(const Clock& clock, std::vector<std::string> origins)
      : world_(clock, IdStyle::Numbers), origins_(std::move(origins)) {
    person_ = world_.add_person("Ada", "Doe", {});
  }

  std::string_view type() const override { return "small"; }
  std::vector<std::string> origins() const override { return origins_; }
  http::Response handle(const http::Request& request) override {
    if (request.method == http::Method::Post) {
      world_.write_note({.person = person_, .text = request.body});
    }
    return {200, {}, "ok"};
  }
  void lift_limits() override {}
  void forget() override {}
  Recruiting& world() override { return world_; }

 private:
  Recruiting world_;
  std::vector<std::string> origins_;
  std::string person_;
};

}  // namespace praxisync::sandbox::ats::testing_support
