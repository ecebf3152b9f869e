/// Metrics in the Prometheus text format (0.0.4). Names and units follow its conventions:
/// `praxisync_` first, base units, counters end in `_total`. Counters are sums over all runs of the
/// database, so a restart does not set them back, but for deliveries of webhooks. The only labels are
/// an ending, an error's kind, a state, a class of requests, a connector's name, and the outcome and
/// kind of a webhook: never a person, a route or a peer's free text.
#pragma once

#include <string>
#include <vector>

#include "report/metrics_snapshot.h"

namespace praxisync::report {

/// One metric as the docs list it.
struct MetricDescription {
  std::string name;
  std::string type;   ///< "counter" or "gauge"
  std::vector<std::string> labels;
  std::string help;   ///< one line
};

/// All of them, in the order of the text.
std::vector<MetricDescription> metric_descriptions();

/// A gauge of something that is not known is left out; counters begin with 0.
std::string metrics_text(const MetricsSnapshot& snapshot);

}  // namespace praxisync::report
