/// Reads `[[connector]]` sections against the specs. Used by the loader alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/config.h"
#include "config/document.h"
#include "config/schedule_reader.h"
#include "config/secret_source.h"

namespace praxisync::config {

/// What routes must know of a connector, whether or not its settings are right.
struct Declared {
  std::string name;
  const connector::ConnectorSpec* spec;  ///< nullptr where the type is unknown
};

struct Connectors {
  std::vector<ConnectorConfig> ready;
  std::vector<Declared> declared;
  std::vector<ApiKey> secrets;
};

/// `usual` is what their schedules fall back to.
Connectors read_connectors(const Node& list, const std::vector<connector::ConnectorSpec>& specs,
                           const ScheduleKeys& usual, const Surroundings& surroundings,
                           Findings& findings);

/// The `name` of a section, checked: letters, digits, '-' and '_', 64 at most.
std::optional<std::string> read_name(const Node& section, std::string_view title,
                                     Findings& findings);

}  // namespace praxisync::config
