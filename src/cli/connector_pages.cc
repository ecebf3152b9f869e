#include "cli/connector_pages.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/table.h"
#include "domain/text.h"
#include "setup/answers.h"

namespace praxisync::cli {
namespace {

using connector::ConnectorSpec;
using connector::Need;
using connector::SettingSpec;
using connector::SettingType;

constexpr ActionKind kAllActions[] = {ActionKind::Note, ActionKind::Tag,  ActionKind::Field,
                                      ActionKind::Link, ActionKind::Move, ActionKind::Reject};

/// What comes of an action: itself, what stands in for it, or nothing.
std::string ability(const ConnectorSpec& spec, ActionKind kind) {
  if (spec.capabilities.can(kind)) return "yes";
  const connector::Fallback* fallback = spec.capabilities.fallback(kind);
  if (fallback == nullptr) return "no";
  return fmt::format("as a {}: {}", to_string(fallback->instead), fallback->why);
}

std::string actions_of(const ConnectorSpec& spec) {
  std::string text;
  for (const ActionKind kind : kAllActions) {
    if (spec.capabilities.can(kind))
      text += fmt::format("{}{}", text.empty() ? "" : ", ", to_string(kind));
  }
  return text;
}

std::string otherwise(const SettingSpec& setting) {
  if (setting.need == Need::Required) return "needed";
  return setting.fallback.empty() ? "-" : setting.fallback;
}

bool is_secret(SettingType type) {
  return type == SettingType::Secret || type == SettingType::Secrets;
}

std::string example_line(const ConnectorSpec& spec, const SettingSpec& setting) {
  if (!is_secret(setting.type)) return fmt::format("{} = \"\"\n", setting.name);
  return fmt::format("{} = {{ env = \"{}\" }}\n", setting.name,
                     setup::usual_variable(spec.type, setting.name));
}

nlohmann::ordered_json document_of(const ConnectorSpec& spec) {
  nlohmann::ordered_json document{{"type", spec.type}, {"summary", spec.summary}};
  document["write_backs"] = nlohmann::ordered_json::object();
  for (const ActionKind kind : kAllActions)
    document["write_backs"][std::string(to_string(kind))] = ability(spec, kind);
  document["settle_after_seconds"] = spec.capabilities.settle_after.count() / 1000;
  document["settings"] = nlohmann::ordered_json::array();
  for (const SettingSpec& setting : spec.settings) {
    document["settings"].push_back({{"name", setting.name},
                                    {"type", to_string(setting.type)},
                                    {"required", setting.need == Need::Required},
                                    {"secret", is_secret(setting.type)},
                                    {"default", setting.fallback},
                                    {"help", setting.help}});
  }
  document["permissions"] = nlohmann::ordered_json::array();
  for (const connector::Permission& permission : spec.permissions)
    document["permissions"].push_back({{"name", permission.name}, {"use", permission.use}});
  return document;
}

}  // namespace

std::string connectors_table(const std::vector<ConnectorSpec>& specs, const Terminal& terminal) {
  Table table({{"type"}, {"what it speaks with"}, {"writes back"}});
  for (const ConnectorSpec& spec : specs) table.add({spec.type, spec.summary, actions_of(spec)});
  return table.render(terminal);
}

std::string connector_page(const ConnectorSpec& spec, const Terminal& terminal) {
  std::string page = fmt::format("{}: {}\n\n", spec.type, spec.summary);
  Table settings({{"setting"}, {"type"}, {"when not given"}, {"meaning"}});
  for (const SettingSpec& setting : spec.settings)
    settings.add(
        {setting.name, std::string(to_string(setting.type)), otherwise(setting), setting.help});
  page += settings.render(terminal) + "\n";
  Table actions({{"write-back"}, {"done"}});
  for (const ActionKind kind : kAllActions)
    actions.add({std::string(to_string(kind)), ability(spec, kind)});
  page += actions.render(terminal);
  if (!spec.permissions.empty()) {
    Table permissions({{"permission"}, {"needed for"}});
    for (const connector::Permission& permission : spec.permissions)
      permissions.add({permission.name, permission.use});
    page += "\n" + permissions.render(terminal);
  }
  page +=
      fmt::format("\nTo start from:\n\n[[connector]]\nname = \"{0}\"\ntype = \"{0}\"\n", spec.type);
  for (const SettingSpec& setting : spec.settings) {
    if (setting.need == Need::Required) page += example_line(spec, setting);
  }
  return page;
}

std::string connectors_document(const std::vector<ConnectorSpec>& specs) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const ConnectorSpec& spec : specs) all.push_back(document_of(spec));
  return nlohmann::ordered_json{{"connectors", std::move(all)}}.dump();
}

std::string connector_markdown(const ConnectorSpec& spec) {
  std::string text = "| setting | type | meaning | when not given |\n| --- | --- | --- | --- |\n";
  for (const SettingSpec& setting : spec.settings) {
    text += fmt::format("| `{}` | {} | {} | {} |\n", setting.name, to_string(setting.type),
                        setting.help, otherwise(setting));
  }
  text += "\n| write-back | done |\n| --- | --- |\n";
  for (const ActionKind kind : kAllActions)
    text += fmt::format("| {} | {} |\n", to_string(kind), ability(spec, kind));
  if (spec.permissions.empty()) return text;
  text += "\n| permission | needed for |\n| --- | --- |\n";
  for (const connector::Permission& permission : spec.permissions)
    text += fmt::format("| `{}` | {} |\n", permission.name, permission.use);
  return text;
}

}  // namespace praxisync::cli
