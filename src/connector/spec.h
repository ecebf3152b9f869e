/// What a kind of connector is, as data: its capabilities, the settings that it takes and how to
/// make one. `connectors`, `doctor`, config errors and docs are made from it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "connector/connector.h"
#include "connector/settings.h"
#include "domain/clock.h"
#include "http/transport.h"

namespace praxisync::connector {

enum class SettingType { Text, Secret, Integer, Boolean, Path, Table };
enum class Need { Required, Optional };

struct SettingSpec {
  std::string name;
  SettingType type = SettingType::Text;
  Need need = Need::Optional;
  std::string help;                 ///< one line
  std::string fallback{};           ///< what holds when it is not given, as it would be written
  std::vector<std::string> keys{};  ///< with Table: the keys that it may hold
};

struct Capabilities {
  std::vector<ActionKind> actions;  ///< the write-backs that it can do
  /// How long after a lost answer a look-up may still miss what was written; 0: it shows at once.
  Milliseconds settle_after{0};
};

/// What a connector may use of the world.
struct World {
  http::Transport& transport;
  Clock& clock;
};

struct ConnectorSpec {
  std::string type;     ///< as in `type = "greenhouse"`
  std::string summary;  ///< one line
  Capabilities capabilities;
  std::vector<SettingSpec> settings;
  /// Rejected when a setting's value cannot be used; no I/O: a missing file shows itself in
  /// `check`.
  std::function<Result<std::unique_ptr<Connector>>(const Settings&, World)> make;
};

}  // namespace praxisync::connector
