#include "config/connector_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "config/schema.h"
#include "config/table_reader.h"
#include "domain/text.h"

namespace praxisync::config {
namespace {

using connector::ConnectorSpec;
using connector::SettingSpec;
using connector::SettingType;

constexpr DurationRange kAnyDuration{Milliseconds{0}, std::chrono::hours{24 * 366}};

std::string example_of(const SettingSpec& setting) {
  switch (setting.type) {
    case SettingType::Text:
      return "\"…\"";
    case SettingType::Secret:
      return R"({ env = "NAME" })";
    case SettingType::Secrets:
      return R"([{ env = "NAME" }])";
    case SettingType::Integer:
      return "100";
    case SettingType::Boolean:
      return "true";
    case SettingType::Duration:
      return "\"24h\"";
    case SettingType::Path:
      return "\"/path\"";
    case SettingType::Table: {
      const std::string key = setting.keys.empty() ? "key" : setting.keys.front();
      return fmt::format("{{ {} = \"…\" }}", key);
    }
  }
  return {};
}

/// Reads the settings of one connector into `into`.
class SettingReader {
 public:
  SettingReader(TableReader& reader, const Surroundings& surroundings, Connectors& connectors,
                connector::Settings& into)
      : reader_(reader), surroundings_(surroundings), connectors_(connectors), into_(into) {}

  void read(const SettingSpec& setting) {
    const Key key{setting.name, setting.need, example_of(setting)};
    switch (setting.type) {
      case SettingType::Text:
        if (const auto text = reader_.text(key)) into_.set(setting.name, *text);
        break;
      case SettingType::Integer:
        if (const auto number = reader_.integer(key, {INT64_MIN, INT64_MAX})) {
          into_.set(setting.name, std::to_string(*number));
        }
        break;
      case SettingType::Boolean:
        if (const auto yes = reader_.boolean(key)) into_.set(setting.name, *yes ? "true" : "false");
        break;
      case SettingType::Duration:
        if (const auto span = reader_.duration(key, kAnyDuration))
          into_.set(setting.name, std::to_string(span->count()) + "ms");
        break;
      case SettingType::Path:
        read_path_setting(key);
        break;
      case SettingType::Secret:
        read_secret_setting(key);
        break;
      case SettingType::Secrets:
        read_secrets_setting(key);
        break;
      case SettingType::Table:
        read_table(setting, key);
        break;
    }
  }

 private:
  void read_path_setting(const Key& key) {
    const Entry* entry = reader_.entry(key);
    if (entry == nullptr) return;
    const auto path = read_path(*entry, surroundings_, key.example, reader_.findings());
    if (path) into_.set(key.name, path->string());
  }

  void read_secret_setting(const Key& key) {
    const Entry* entry = reader_.entry(key);
    if (entry == nullptr) return;
    const auto secret = read_secret(*entry, surroundings_, reader_.findings());
    if (!secret) return;
    connectors_.secrets.push_back(*secret);
    into_.set_secret(key.name, *secret);
  }

  void read_secrets_setting(const Key& key) {
    const Entry* entry = reader_.entry(key);
    if (entry == nullptr) return;
    std::vector<ApiKey> secrets = read_secrets(*entry, surroundings_, reader_.findings());
    connectors_.secrets.insert(connectors_.secrets.end(), secrets.begin(), secrets.end());
    into_.set_secrets(key.name, std::move(secrets));
  }

  void read_table(const SettingSpec& setting, const Key& key) {
    const Node* table = reader_.table(key);
    if (table == nullptr) return;
    TableReader inner(*table, fmt::format("\"{}\"", setting.name), setting.keys,
                      reader_.findings());
    for (const Entry& entry : table->entries) {
      const bool known =
          setting.keys.empty() || std::ranges::find(setting.keys, entry.key) != setting.keys.end();
      if (!known) continue;  // noted by the reader
      if (const auto text = inner.text({entry.key, Need::Optional, "\"…\""})) {
        into_.set_entry(setting.name, entry.key, *text);
      }
    }
  }

  TableReader& reader_;
  const Surroundings& surroundings_;
  Connectors& connectors_;
  connector::Settings& into_;
};

std::vector<std::string> keys_of(const ConnectorSpec& spec) {
  std::vector<std::string> keys = connector_keys();
  for (const SettingSpec& setting : spec.settings) keys.push_back(setting.name);
  return keys;
}

/// The spec of the section's `type`; nullptr, with a finding, where there is none.
const ConnectorSpec* spec_of(const Node& section, std::string_view title,
                             const std::vector<ConnectorSpec>& specs, Findings& findings) {
  TableReader reader(section, std::string(title), {}, findings);
  std::vector<std::string> types;
  for (const ConnectorSpec& spec : specs) types.push_back(spec.type);
  const auto type = reader.text(
      {"type", Need::Required, types.empty() ? "\"file\"" : "\"" + types.front() + "\""});
  if (!type) return nullptr;
  const auto found = std::ranges::find(specs, *type, &ConnectorSpec::type);
  if (found != specs.end()) return &*found;
  std::string hint = did_you_mean_hint(*type, types);
  if (hint.empty()) hint = "there is " + quoted_list(types);
  findings.error(section.find("type")->value.where,
                 fmt::format("unknown connector type \"{}\"", printable(*type, 60)), hint);
  return nullptr;
}

/// The connector's own schedule; nullopt where it has none.
std::optional<schedule::Timing> own_schedule(TableReader& reader, const std::string& title,
                                             const ScheduleKeys& usual) {
  const Node* table = reader.table({"schedule", Need::Optional, R"({ every = "15m" })"});
  if (table == nullptr) return std::nullopt;
  const std::string of_it = fmt::format("the schedule of {}", title);
  const ScheduleKeys keys = completed(read_schedule(*table, of_it, reader.findings()), usual);
  if (!keys.timed) {
    reader.findings().error(table->where,
                            fmt::format("{} has neither \"cron\" nor \"every\"", of_it),
                            "add one, here or in [schedule]");
  }
  return timing_of(keys);
}

void read_connector(const Node& section, const std::vector<ConnectorSpec>& specs,
                    const ScheduleKeys& usual, const Surroundings& surroundings,
                    Connectors& connectors, Findings& findings) {
  const auto name = read_name(section, "the connector", findings);
  const std::string title = name ? fmt::format("connector \"{}\"", *name) : "the connector";
  const ConnectorSpec* spec = spec_of(section, title, specs, findings);
  if (name) {
    if (std::ranges::find(connectors.declared, *name, &Declared::name) !=
        connectors.declared.end()) {
      findings.error(section.find("name")->value.where,
                     fmt::format("a second connector is named \"{}\"", *name),
                     "give each its own name");
    }
    connectors.declared.push_back({*name, spec});
  }
  if (spec == nullptr) return;
  connector::Settings settings{ConnectorName(name.value_or(""))};
  TableReader reader(section, title, keys_of(*spec), findings);
  SettingReader setting_reader(reader, surroundings, connectors, settings);
  for (const SettingSpec& setting : spec->settings) setting_reader.read(setting);
  std::optional<schedule::Timing> own = own_schedule(reader, title, usual);
  if (!name) return;
  if (*name == "assess" && !settings.secrets(connector::kWebhookSecrets).empty()) {
    findings.error(section.find("name")->value.where,
                   "/hooks/assess is where the Assess API's webhooks come in",
                   "give a connector that receives webhooks another name");
  }
  connectors.ready.push_back(
      {ConnectorName(*name), spec->type, std::move(settings), section.where, std::move(own)});
}

}  // namespace

Connectors read_connectors(const Node& list, const std::vector<ConnectorSpec>& specs,
                           const ScheduleKeys& usual, const Surroundings& surroundings,
                           Findings& findings) {
  Connectors connectors;
  for (const Node& section : list.items) {
    read_connector(section, specs, usual, surroundings, connectors, findings);
  }
  return connectors;
}

std::optional<std::string> read_name(const Node& section, std::string_view title,
                                     Findings& findings) {
  TableReader reader(section, std::string(title), {}, findings);
  auto name = reader.text({"name", Need::Required, "\"a-name\""});
  if (!name) return std::nullopt;
  const bool plain = std::ranges::all_of(*name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
  if (plain && name->size() <= 64) return name;
  findings.error(section.find("name")->value.where, fmt::format("{}'s name cannot be used", title),
                 "letters a to z, digits, '-' and '_', 64 at most");
  return std::nullopt;
}

}  // namespace praxisync::config
