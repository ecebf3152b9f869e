#include "cli/serve_site.h"

#include "cli/session.h"
#include "connectors/all.h"
#include "report/metrics.h"

namespace praxisync::cli {
namespace {

serve::PageSettings page_settings(const config::Config& config) {
  return {.database = config.state.path,
          .dashboard = {.routes = config.routes,
                        .limits = request_limits(config),
                        .bulk_size = config.assess.bulk_size,
                        .longest_wait = config.assess.longest_wait},
          .token = serve::PageToken(config.serve.token.reveal())};
}

http::Response text(int status, const std::string& type, std::string body) {
  return {.status = status,
          .headers = {{"Content-Type", type}, {"Cache-Control", "no-store"}},
          .body = std::move(body)};
}

std::string path_of(const http::Request& request) {
  return request.url.substr(0, request.url.find('?'));
}

}  // namespace

ServeSite::ServeSite(const config::Config& config, std::shared_ptr<serve::Inbox> inbox,
                     const serve::Live& live, const serve::Health& health, const Clock& clock,
                     std::function<void()> arrived)
    : config_(config),
      inbox_(std::move(inbox)),
      health_(health),
      clock_(clock),
      hooks_(serve::hook_sources(config, all_connectors()), *inbox_, clock, std::move(arrived)),
      pages_(page_settings(config), live, clock) {}

http::Response ServeSite::handle(const http::Request& request, const http::Peer& peer) {
  const std::string path = path_of(request);
  if (path.starts_with(serve::kHooksPath)) return hooks_.handle(request);
  const bool probe = path == "/healthz" || path == "/readyz" || path == "/metrics";
  if (probe && request.method != http::Method::Get)
    return text(405, "text/plain; charset=utf-8", "GET it\n");
  if (path == "/healthz") return health_.alive();
  if (path == "/readyz") return health_.ready();
  if (path == "/metrics") return metrics();
  return pages_.handle(request, peer.loopback ? serve::Peer::Loopback : serve::Peer::Elsewhere);
}

/// From the database as it is now, so that they say what a one-shot's file would.
http::Response ServeSite::metrics() {
  const auto unavailable = [](const Error& error) {
    return text(503, "text/plain; charset=utf-8", error.what + "\n");
  };
  Result<store::Store> store = store::Store::open_for_reading(config_.state.path);
  if (!store) return unavailable(store.error());
  const auto ledger = store->request_ledger(clock_, "assess", request_limits(config_));
  Result<report::MetricsSnapshot> snapshot = report::read_metrics(*store, *ledger);
  if (!snapshot) return unavailable(snapshot.error());
  const Result<serve::InboxCounts> counts = inbox_->counts();
  if (counts) snapshot->inbox_depth = counts->waiting;
  return text(200, "text/plain; version=0.0.4; charset=utf-8", report::metrics_text(*snapshot));
}

}  // namespace praxisync::cli
