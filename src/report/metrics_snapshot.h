/// What metrics are made of: read from the database alone, so that a one-shot run's file and a
/// daemon's endpoint say the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "http/ledger.h"
#include "store/store.h"

namespace praxisync::report {

/// Of what senders of webhooks have delivered. All texts are bounded in number and alphabet.
struct WebhookCount {
  std::string source;  ///< "assess", or a connector's name
  std::string what;    ///< an outcome of a delivery, or a kind of event
  std::int64_t count = 0;
};

/// What only who receives webhooks knows.
struct WebhooksSnapshot {
  std::int64_t waiting = 0;              ///< events
  std::vector<WebhookCount> deliveries;  ///< since the process began, by outcome
  std::vector<WebhookCount> events;      ///< since the inbox was made, by kind
};

struct MetricsSnapshot {
  store::RunTotals totals;
  std::optional<store::Run> last_run;     ///< the last that finished
  std::optional<Timestamp> last_success;  ///< when a run last ended with exit code 0
  store::Backlog backlog;
  http::Allowance reads, writes;
  std::optional<WebhooksSnapshot> webhooks{};  ///< nullopt: nothing receives any
};

/// Without webhooks. Fatal where the database cannot be
/// read.
Result<MetricsSnapshot> read_metrics(store::Store& store, http::Ledger& ledger);

}  // namespace praxisync::report
