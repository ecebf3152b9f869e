/// Tells others that a run begins and how it ended: pings in the style of healthchecks.io, and a
/// message where a person should know. Used by `sync` and `serve`, from the engine's thread.
///
/// Nothing here fails a run: what could not be told is handed out as a line for the log. Each URL
/// is a secret, goes to its own origin through a gate of its own, and stands in no text made here.
/// Nothing is sent twice: a request costs a run the timeout of `network` at most.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/random.h"
#include "domain/secret.h"
#include "http/transport.h"
#include "notify/wire.h"
#include "sync/run_report.h"

namespace praxisync::notify {

/// URLs that http::parse_url takes, `ping_url` without a query; empty: nothing is sent there.
struct Settings {
  ApiKey ping_url, webhook_url;
  Format format = Format::Slack;
};

/// Takes secrets out of a text.
using Scrub = std::function<std::string(std::string)>;

class Notifier {
 public:
  /// Borrows the network, which has a short timeout, and the source of run ids.
  Notifier(http::Transport& network, Random& random, Settings settings, Scrub scrub);

  /// PING_URL/start, with an id of this run's own (`rid`) that its end carries too.
  void begins();
  /// PING_URL after exit code 0, else PING_URL/CODE, each with a short log; and a message where
  /// event_of has one. `before` is the exit code of the last run that decided something.
  void ends(const sync::RunReport& report, std::optional<int> before);

  /// What could not be told since the last call: the first failure of each URL, which
  /// names no host.
  std::vector<std::string> take_failures();

 private:
  void ping(const std::string& end, std::string log);
  void post(const char* name, const ApiKey& url, std::string type, std::string body);

  http::Transport& network_;
  Random& random_;
  Settings settings_;
  Scrub scrub_;
  std::string run_id_;
  std::map<std::string, std::string> failures_;  ///< the first of each URL, by its key
};

}  // namespace praxisync::notify
