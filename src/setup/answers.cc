#include "setup/answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <vector>

#include "domain/text.h"
#include "domain/time.h"

namespace praxisync::setup {
namespace {

using connector::ConnectorSpec;
using connector::SettingSpec;
using connector::SettingType;

constexpr std::size_t kMostOfAVariable = 64;

Error wrong(std::string what) { return {ErrorKind::Rejected, std::move(what)}; }

/// What is spelt otherwise may be the secret itself.
bool names_a_variable(std::string_view text) {
  return !text.empty() && text.size() <= kMostOfAVariable && !is_digit(text.front()) &&
         std::ranges::all_of(
             text, [](char c) { return (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_'; });
}

bool is_secret(const SettingSpec& setting) {
  return setting.type == SettingType::Secret || setting.type == SettingType::Secrets;
}

/// Why the text cannot be a value of that type; empty where it can.
std::string misfit(SettingType type, std::string_view text) {
  if (!is_utf8(text)) return "is no UTF-8";
  if (text.empty()) return "needs a value";
  if (type == SettingType::Integer) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || end != text.data() + text.size()) return "takes a whole number";
  }
  if (type == SettingType::Boolean && text != "true" && text != "false")
    return "takes true or false";
  if (type == SettingType::Duration && !parse_duration(std::string(text)))
    return "takes a duration, such as 90s, 15m or 24h";
  return {};
}

Error unknown(const ConnectorSpec& spec, std::string_view name) {
  std::vector<std::string> known;
  for (const SettingSpec& setting : spec.settings) known.push_back(setting.name);
  const std::string meant = did_you_mean(name, known);
  return wrong(fmt::format("{} has no setting \"{}\"; {}", spec.type, printable(name, 60),
                           meant.empty()
                               ? fmt::format("'praxisync connectors {}' lists them", spec.type)
                               : fmt::format("did you mean {}?", meant)));
}

Result<void> take_entry(Answers& answers, const SettingSpec& setting, const std::string& key,
                        std::string_view text) {
  const bool known =
      setting.keys.empty() || std::ranges::find(setting.keys, key) != setting.keys.end();
  if (!known) {
    const std::string meant = did_you_mean(key, setting.keys);
    return wrong(fmt::format("{} has no key \"{}\"{}", setting.name, printable(key, 60),
                             meant.empty() ? "" : fmt::format("; did you mean {}?", meant)));
  }
  if (const std::string why = misfit(SettingType::Text, text); !why.empty())
    return wrong(fmt::format("{}.{} {}", setting.name, key, why));
  answers.tables[setting.name][key] = text;
  return {};
}

}  // namespace

Result<SecretPlace> parse_secret_place(std::string_view text) {
  constexpr std::string_view kVariable = "env:", kFile = "file:";
  text = trim(text);
  const bool variable = text.starts_with(kVariable), file = text.starts_with(kFile);
  if (variable) text.remove_prefix(kVariable.size());
  if (file) text.remove_prefix(kFile.size());
  const bool path = file || (!variable && (text.starts_with('/') || text.starts_with('.')));
  if (path && !text.empty() && is_utf8(text))
    return SecretPlace{SecretPlace::Kind::File, std::string(text)};
  if (!path && names_a_variable(text))
    return SecretPlace{SecretPlace::Kind::Variable, std::string(text)};
  return wrong(
      "say where the secret is, not what it is: env:NAME for a variable (capitals, digits and _), "
      "or file:PATH");
}

std::string to_string(const SecretPlace& place) {
  return (place.kind == SecretPlace::Kind::Variable ? "env:" : "file:") + place.name;
}

std::string usual_variable(std::string_view type, std::string_view setting) {
  std::string variable = fmt::format("{}_{}", type, setting);
  for (char& c : variable) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return variable;
}

bool has(const Answers& answers, const SettingSpec& setting) {
  return answers.settings.contains(setting.name) || answers.tables.contains(setting.name) ||
         answers.secrets.contains(setting.name);
}

Result<void> take(Answers& answers, const SettingSpec& setting, std::string_view text) {
  if (setting.type == SettingType::Table)
    return wrong(fmt::format("{0} is a table: {0}.KEY=VALUE", setting.name));
  if (is_secret(setting)) {
    Result<SecretPlace> place = parse_secret_place(text);
    if (!place) return std::move(place).error().during(setting.name);
    answers.secrets[setting.name] = *std::move(place);
    return {};
  }
  const std::string_view value = trim(text);
  if (const std::string why = misfit(setting.type, value); !why.empty())
    return wrong(fmt::format("{} {}", setting.name, why));
  answers.settings[setting.name] = value;
  return {};
}

Result<void> take(Answers& answers, const ConnectorSpec& spec, std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos)
    return wrong("a setting is given as NAME=VALUE, or TABLE.KEY=VALUE");
  const std::string_view whole = trim(text.substr(0, equals));
  const std::string_view value = text.substr(equals + 1);
  const auto dot = whole.find('.');
  const std::string_view name = whole.substr(0, dot);
  const auto setting = std::ranges::find(spec.settings, name, &SettingSpec::name);
  if (setting == spec.settings.end()) return unknown(spec, name);
  if (dot == std::string_view::npos) return take(answers, *setting, value);
  if (setting->type != SettingType::Table)
    return wrong(fmt::format("{0} is no table: {0}=VALUE", setting->name));
  return take_entry(answers, *setting, std::string(whole.substr(dot + 1)), value);
}

}  // namespace praxisync::setup
