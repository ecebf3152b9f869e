#include "cli/schedules.h"

namespace praxisync::cli {

std::vector<schedule::Plan> plans_of(const config::Config& config) {
  std::vector<schedule::Plan> own;
  std::vector<ConnectorName> others;
  for (const config::ConnectorConfig& connector : config.connectors) {
    if (connector.schedule) {
      own.push_back({schedule::schedule_of(connector.name), {connector.name}, *connector.schedule});
    } else {
      others.push_back(connector.name);
    }
  }
  if (config.schedule && !others.empty())
    own.insert(own.begin(), {schedule::instance_schedule(), std::move(others), *config.schedule});
  return own;
}

}  // namespace praxisync::cli
