/// The way to the played Assess API, with all that can befall a request on it.
#pragma once

#include <deque>
#include <functional>

#include "http/transport.h"
#include "sandbox/sandbox_transport.h"
#include "simulation/trace.h"
#include "simulation/universe.h"

namespace praxisync::simulation {

class Wire final : public http::Transport {
 public:
  Wire(Universe& universe, Trace& trace, Reached& reached);

  /// Called around each request of the run that is under way; empty: nobody looks.
  std::function<void(const http::Request&)> before;
  std::function<void(const http::Request&, const Result<http::Response>&)> after;
  /// Another instance runs while that request is out.
  std::function<void()> second;

  /// Arms a fault of the Assess API for the next run.
  void arm(const Step& step);
  /// What has not struck by the end of a run never does.
  void disarm();
  void use_key(std::string key) { key_ = std::move(key); }
  const std::string& key() const { return key_; }
  /// What is on its way and due takes effect.
  void deliver_late();
  /// When the next of it is due.
  std::optional<Timestamp> next_due() const {
    return late_.empty() ? std::nullopt : std::optional(late_.front().due);
  }
  int struck() const { return struck_; }
  /// Whether a proxy ever brought a request two times.
  bool repeated() const { return repeated_; }

  Result<http::Response> send(const http::Request& request) override;

 private:
  struct Armed {
    Step step;
    int skip = 0, times = 1;
    std::optional<http::Method> not_of{};
  };
  std::optional<Step> strike(const http::Request& request);
  sandbox::AssessSandbox& assess();
  Result<http::Response> pass(const http::Request& request);
  Result<http::Response> pass_or_strike(const http::Request& request);
  void reach(Act act);

  Universe& universe_;
  Trace& trace_;
  Reached& reached_;
  std::string key_ = kFirstKey;
  std::vector<Armed> armed_;
  struct OnItsWay {
    Timestamp due;
    http::Request request;
  };
  std::deque<OnItsWay> late_;
  std::optional<http::Response> previous_;
  int struck_ = 0, second_at_ = -1, requests_ = 0;
  bool nested_ = false, repeated_ = false;
};

}  // namespace praxisync::simulation
