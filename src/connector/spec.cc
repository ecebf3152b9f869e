#include "connector/spec.h"

#include <algorithm>
#include <utility>

namespace praxisync::connector {

std::string_view to_string(SettingType type) {
  switch (type) {
    case SettingType::Text:
      return "text";
    case SettingType::Secret:
      return "secret";
    case SettingType::Secrets:
      return "secrets";
    case SettingType::Integer:
      return "number";
    case SettingType::Boolean:
      return "true or false";
    case SettingType::Duration:
      return "duration";
    case SettingType::Path:
      return "path";
    case SettingType::Table:
      return "table";
  }
  return "text";
}

Webhooks webhooks_read_by(ReadWebhook read) {
  return {.reader = [read = std::move(read)](const Settings&) { return read; }};
}

SettingSpec webhook_secrets(std::string help) {
  return {.name = kWebhookSecrets,
          .type = SettingType::Secrets,
          .help = std::move(help),
          .fallback = "no webhooks are received"};
}

bool Capabilities::can(ActionKind kind) const {
  return std::ranges::find(actions, kind) != actions.end();
}

const Fallback* Capabilities::fallback(ActionKind kind) const {
  const auto found = std::ranges::find(fallbacks, kind, &Fallback::wanted);
  return found == fallbacks.end() ? nullptr : &*found;
}

}  // namespace praxisync::connector
