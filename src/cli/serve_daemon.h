/// `serve` as one process: the thread that runs the engine, and the threads that answer.
#pragma once

#include <memory>
#include <mutex>

#include "cli/serve_runner.h"
#include "cli/serve_site.h"
#include "schedule/wakeup.h"

namespace praxisync::cli {

class ServeDaemon {
 public:
  ServeDaemon(App& app, const ParsedOptions& options, config::Config config);
  ~ServeDaemon();

  /// Until the program is to stop; gives the exit code.
  int run();

 private:
  struct Works;
  Result<std::unique_ptr<Works>> make(config::Config config);
  Result<std::shared_ptr<serve::Inbox>> inbox_of(const config::Config& config);
  Result<void> listen(const config::Listen& at);
  Result<void> use(config::Config config);
  void reload();
  http::Reply answer(const http::Request& request, const http::Peer& peer) const;

  App& app_;
  const ParsedOptions& options_;
  std::optional<config::Config> first_;
  schedule::SystemClock system_clock_;
  ShiftedClock clock_;
  http::Redactor redactor_;
  Log log_;
  Relay relay_;
  serve::Live live_;
  serve::Health health_;
  schedule::Wakeup wakeup_;
  ServeRunner runner_;
  std::unique_ptr<Works> works_;

  mutable std::mutex site_mutex_;
  std::shared_ptr<ServeSite> site_;  ///< goes when the last request that it answers has its answer
  config::Listen listens_at_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace praxisync::cli
