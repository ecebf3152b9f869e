/// The way of webhook deliveries to the receiver, with all that can befall one on it.
#pragma once

#include <deque>
#include <map>

#include "http/transport.h"
#include "simulation/receiver.h"
#include "simulation/trace.h"

namespace praxisync::simulation {

class HookWire final : public http::Transport {
 public:
  HookWire(Universe& universe, Trace& trace, Reached& reached, Violations& found);

  /// Arms a fault; each waits for the one that was armed before it.
  void arm(const Step& step) { armed_.push_back(step); }
  /// What has not struck never does.
  void disarm() { armed_.clear(); }
  int struck() const { return struck_; }

  /// An ATS tells of what somebody has just done there.
  void tell_of(const Ats& ats, Act act);
  /// What the Assess API sends by now, and what is late.
  void deliver_due();

  Receiver& receiver() { return receiver_; }
  Result<http::Response> send(const http::Request& delivery) override;

 private:
  std::optional<Step> strike();
  Result<http::Response> pass(const http::Request& delivery);
  void try_forged(const http::Request& delivery, int place);

  Universe& universe_;
  Trace& trace_;
  Reached& reached_;
  Violations& found_;
  Receiver receiver_;
  std::deque<Step> armed_;
  std::multimap<Timestamp, http::Request> late_;
  int struck_ = 0, events_ = 0;
};

}  // namespace praxisync::simulation
