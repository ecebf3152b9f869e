#include <fmt/format.h>

#include <algorithm>

#include "cli/heap.h"
#include "cli/schedules.h"
#include "cli/serve_daemon.h"
#include "cli/session.h"

namespace praxisync::cli {
namespace {

/// Why the config has nothing to serve for; empty: it has.
std::string missing(const config::Config& config) {
  if (!plans_of(config).empty()) return {};
  return "the config has no schedule; add to [schedule]: every = \"15m\", or a cron expression";
}

int run_serve(App& app, const ParsedOptions& options) {
  share_arenas();
  std::optional<config::Config> config = load_config(app, options);
  if (!config) return kUsage;
  if (const std::string what = missing(*config); !what.empty()) {
    app.err << "praxisync: " << what << "\n";
    return kUsage;
  }
  return ServeDaemon(app, options, std::move(*config)).run();
}

}  // namespace

Command serve_command() {
  return {
      {.name = "serve",
       .summary = "Runs on schedule, takes webhooks, answers with metrics and a page",
       .usage =
           "Runs as [schedule] says until SIGTERM, which ends a run in order; SIGHUP reads the "
           "config anew, and keeps the old one where the new one has mistakes. A run that was "
           "missed is caught up once, or skipped, as [schedule] says; other processes may share "
           "the database, and nothing runs twice. What [serve] listen names answers with the page "
           "at /, the webhooks' receiver at /hooks/NAME, /metrics for Prometheus, /healthz and "
           "/readyz. A webhook begins a run at once, which looks only where there is news.",
       .options = {},
       .examples = {{"praxisync serve", "with praxisync.toml, at http://127.0.0.1:8377/"},
                    {"praxisync serve --log-format json", "in a container"}},
       .exit_codes = exit_codes({kDone, kFailed, kUsage})},
      run_serve};
}

}  // namespace praxisync::cli
