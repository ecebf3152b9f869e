/// The played API mounted as a Transport under one origin, for tests and `demo`: what a dropped
/// connection would look like to a client, and a log of every request that went out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/clock.h"
#include "http/transport.h"
#include "sandbox/assess_sandbox.h"

namespace praxisync::sandbox {

class SandboxTransport final : public http::Transport {
 public:
  struct Sent {
    http::Method method;
    std::string url;
    bool authorized;          ///< it carried an Authorization header
    bool ours;                ///< it went to the origin and below /api/v1/public/
    std::uint64_t body_hash;  ///< FNV-1a of the body's bytes
    int status;               ///< 0: no answer
    Timestamp at;
  };

  /// `clock` is slept on for a Delay. Both outlive the transport.
  SandboxTransport(AssessSandbox& sandbox, Clock& clock,
                   std::string origin = "https://praxicraft.com")
      : sandbox_(sandbox), clock_(clock), origin_(std::move(origin)) {}

  /// From now on adds the key to requests that carry none, as a credential gate would.
  void authorize_with(std::string key) { key_ = std::move(key); }

  /// A request elsewhere is Transient, as where no such host can be reached. A connection that ends
  /// before the whole answer is there is Transient for Repeat::Safe and OutcomeUnknown otherwise.
  Result<http::Response> send(const http::Request& request) override;

  const std::vector<Sent>& log() const { return log_; }
  void clear_log() { log_.clear(); }

 private:
  AssessSandbox& sandbox_;
  Clock& clock_;
  std::string origin_;
  std::string key_;
  std::vector<Sent> log_;
};

/// What a client has of it: sleeps the delay, and an answer that is not whole is Transient for
/// Repeat::Safe and OutcomeUnknown otherwise.
Result<http::Response> receive(Delivery delivery, http::Repeat repeat, Clock& clock);

std::uint64_t fnv1a(std::string_view bytes);

}  // namespace praxisync::sandbox
