#include "cli/serve_site.h"

#include "cli/session.h"
#include "connectors/all.h"
#include "http/url.h"
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

report::WebhooksSnapshot webhooks_snapshot(const serve::Hooks& hooks,
                                           const serve::InboxCounts& inbox) {
  report::WebhooksSnapshot snapshot{.waiting = inbox.waiting, .deliveries = {}, .events = {}};
  for (const serve::HookCount& count : hooks.counts())
    snapshot.deliveries.push_back(
        {count.source, std::string(to_string(count.outcome)), count.count});
  for (const serve::KindCount& count : inbox.kinds)
    snapshot.events.push_back({count.source, count.kind, count.count});
  return snapshot;
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
  const std::string_view path = http::target_path(request.url);
  if (path.starts_with(serve::kHooksPath)) return hooks_.handle(request);
  const bool probe = path == "/healthz" || path == "/readyz" || path == "/metrics";
  if (probe && request.method != http::Method::Get) return http::plain_text(405, "GET it");
  if (path == "/healthz") return health_.alive();
  if (path == "/readyz") return health_.ready();
  if (path == "/metrics") return metrics();
  return pages_.handle(request, peer);
}

/// From the database as it is now, so that they say what a one-shot's file would.
http::Response ServeSite::metrics() {
  const auto unavailable = [](const Error& error) { return http::plain_text(503, error.what); };
  Result<store::Store> store = store::Store::open_for_reading(config_.state.path);
  if (!store) return unavailable(store.error());
  const auto ledger = store->request_ledger(clock_, "assess", request_limits(config_));
  Result<report::MetricsSnapshot> snapshot = report::read_metrics(*store, *ledger);
  if (!snapshot) return unavailable(snapshot.error());
  const Result<serve::InboxCounts> counts = inbox_->counts();
  if (counts) snapshot->webhooks = webhooks_snapshot(hooks_, *counts);
  return {.status = 200,
          .headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"},
                      {"Cache-Control", "no-store"}},
          .body = report::metrics_text(*snapshot)};
}

}  // namespace praxisync::cli
