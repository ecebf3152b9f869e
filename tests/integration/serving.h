/// `praxisync serve` at a workplace: a process that answers on a port which the system picks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/curl_transport.h"
#include "integration/workplace.h"

namespace praxisync::testing_support {

/// Gives the config a schedule and registers a webhook, whose secret is in the file hook.secret.
void configure_serve(const Workplace& place, std::string_view every);

class Serving {
 public:
  /// Waits until it listens.
  explicit Serving(const Workplace& place);

  const std::string& origin() const { return origin_; }
  int port() const;
  Process& process() { return process_; }
  /// Waits until its log holds the text.
  bool logs(std::string_view text) const;

  http::Response get(std::string_view path) { return send(http::Method::Get, path); }
  http::Response post(std::string_view path, std::string body,
                      std::vector<http::Header> headers = {});
  /// SIGTERM, and how it ended.
  Ended stop();

 private:
  http::Response send(http::Method method, std::string_view path, std::string body = {},
                      std::vector<http::Header> headers = {});

  Process process_;
  std::string origin_;
  http::CurlTransport curl_{{.version = "test"}};
};

/// From here on the sandbox's events arrive there, as a proxy with TLS would pass them on.
void pass_events_on(Workplace& place, const Serving& to);

/// How many runs have begun at the workplace.
int runs_of(const Workplace& place);

}  // namespace praxisync::testing_support
