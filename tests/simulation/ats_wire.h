/// The way to one played ATS, with all that can befall a request on it. What leaves here for any
/// other host than that ATS's own, or carries somebody else's credentials, is a violation; a write
/// is one too while praxisync only looks.
#pragma once

#include <functional>
#include <optional>

#include "http/transport.h"
#include "simulation/trace.h"
#include "simulation/universe.h"

namespace praxisync::simulation {

/// What watches over the calls to an ATS.
struct AtsWatch {
  Trace& trace;
  Violations& found;
  std::function<void()> door;         ///< passed before and after each call
  std::function<void(Act)> struck{};  ///< told of each fault that was met
};

class AtsWire final : public http::Transport {
 public:
  AtsWire(Ats& ats, Universe& universe, const AtsWatch& watch);

  Result<http::Response> send(const http::Request& request) override;

 private:
  Result<http::Response> pass(const http::Request& request);
  Result<http::Response> pass_or_strike(const http::Request& request);
  Result<http::Response> answer_late(const http::Request& request, Milliseconds delay);
  void lead_astray(http::Response& reply);
  void check(const http::Request& request);

  Ats& ats_;
  Universe& universe_;
  AtsWatch watch_;
  std::vector<std::string> origins_;
  std::optional<Timestamp> closed_until_;
};

/// What was sent to it and is due takes effect.
void land_late(Ats& ats, Timestamp now, Trace& trace);

/// Whether any header, the address or the body shows it.
bool carries(const http::Request& request, std::string_view secret);

/// Every credential of that kind of account as it stands in a header.
const std::vector<std::string>& credentials_of(AtsKind kind);

}  // namespace praxisync::simulation
