/// A played ATS: a request in, what comes over the wire out; no thread, no socket, no time but the
/// clock's. What it is strict about, the real one is. Not for use from two threads at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/transport.h"
#include "sandbox/ats/recruiting.h"
#include "sandbox/faults.h"

namespace praxisync::sandbox::ats {

class Peer {
 public:
  virtual ~Peer() = default;

  /// Its kind, as in a connector's `type`.
  virtual std::string_view type() const = 0;
  /// The hosts that it answers for, as "https://harvest.greenhouse.io". On loopback one server
  /// plays them all.
  virtual std::vector<std::string> origins() const = 0;
  virtual http::Response handle(const http::Request& request) = 0;
  virtual Recruiting& world() = 0;
  /// From now on it answers as fast as it is asked: for stories that nobody wants to wait for.
  virtual void lift_limits() = 0;
  /// Whatever it handed out to be brought back is refused from now on, as if it had expired: places
  /// in lists, tokens of changes, access tokens.
  virtual void forget() = 0;

  /// The answer as the faults let it through.
  Delivery deliver(const http::Request& request);
  Faults& faults() { return faults_; }
  /// Requests that arrived, whatever the answer.
  int requests() const { return requests_; }

 private:
  Faults faults_;
  int requests_ = 0;
};

}  // namespace praxisync::sandbox::ats
