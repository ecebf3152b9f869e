/// What a kind of connector is, as data: its capabilities, the settings that it takes and how to
/// make one. `connectors`, `doctor`, config errors and docs are made from it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connector/connector.h"
#include "connector/settings.h"
#include "connector/webhook.h"
#include "domain/clock.h"
#include "domain/secret.h"
#include "http/retry_transport.h"
#include "http/transport.h"

namespace praxisync::connector {

enum class SettingType { Text, Secret, Secrets, Integer, Boolean, Duration, Path, Table };
std::string_view to_string(SettingType type);

enum class Need { Required, Optional };

struct SettingSpec {
  std::string name;
  SettingType type = SettingType::Text;
  Need need = Need::Optional;
  std::string help;                 ///< one line
  std::string fallback{};           ///< what holds when it is not given, as it would be written
  std::vector<std::string> keys{};  ///< with Table: the keys that it may hold
};

/// What the credentials must allow, as the ATS words it.
struct Permission {
  std::string name;
  std::string use;  ///< one line: what it is needed for
};

/// A write-back that the ATS has no room for, and what is written instead.
struct Fallback {
  ActionKind wanted, instead;
  std::string why;  ///< "Lever has no fields of an opportunity"
};

struct Capabilities {
  std::vector<ActionKind> actions;  ///< the write-backs that it can do
  /// How long after a lost answer a look-up may still miss what was written; 0: it shows at once.
  Milliseconds settle_after{0};
  std::vector<Fallback> fallbacks{};

  bool can(ActionKind kind) const;
  /// What stands in for an action that cannot be done; nullptr: nothing.
  const Fallback* fallback(ActionKind kind) const;
};

/// What a connector may use of the world.
struct World {
  http::Transport& transport;  ///< towards the network; credentials are attached above it
  Clock& clock;
  std::vector<StageFilter> routed{};  ///< which applications are asked for
  /// Told every credential that is made on the way (an access token), so that no text shows it.
  std::function<void(const ApiKey&)> keep_secret{};
  http::RetryPolicy retry{};
  std::function<void(const http::RetryNotice&)> notice{};
  std::uint64_t seed = 1;  ///< of the jitter
};

/// The webhooks of a kind of connector, which then has the setting kWebhookSecrets.
struct Webhooks {
  /// Who reads the deliveries to a connector with those settings; empty, or one that is empty: it
  /// has none to receive.
  std::function<ReadWebhook(const Settings&)> reader{};
  /// They may arrive before a pull can find what they tell of, so that polls go on beside them.
  bool ahead_of_pulls = false;
};
/// Of an ATS whose deliveries are read in the same way whatever the settings.
Webhooks webhooks_read_by(ReadWebhook read);

struct ConnectorSpec {
  std::string type;     ///< as in `type = "greenhouse"`
  std::string summary;  ///< one line
  Capabilities capabilities;
  std::vector<SettingSpec> settings;
  /// Rejected when a setting's value cannot be used; no I/O: a missing file shows itself in
  /// `check`.
  std::function<Result<std::unique_ptr<Connector>>(const Settings&, World)> make;
  std::vector<Permission> permissions{};  ///< that the credentials need
  Webhooks webhooks{};
};

/// What a connector that receives webhooks calls their secrets in its settings.
inline constexpr const char* kWebhookSecrets = "webhook_secrets";
/// That setting. `help` says where the secrets come from.
SettingSpec webhook_secrets(std::string help);

}  // namespace praxisync::connector
