/// The settings of one connector instance as the config gives them, checked against its spec's
/// types.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "domain/secret.h"

namespace praxisync::connector {

class Settings {
 public:
  explicit Settings(ConnectorName instance) : instance_(std::move(instance)) {}

  const ConnectorName& instance() const { return instance_; }

  void set(const std::string& name, std::string value) { values_[name] = std::move(value); }
  void set_secret(const std::string& name, ApiKey value) { secrets_[name] = std::move(value); }
  void set_secrets(const std::string& name, std::vector<ApiKey> values) {
    lists_of_secrets_[name] = std::move(values);
  }
  void set_entry(const std::string& table, const std::string& key, std::string value) {
    tables_[table][key] = std::move(value);
  }

  /// Text, integers in decimal, booleans as "true" or "false", paths made absolute against the
  /// config file's folder; nullopt where the config does not give the setting.
  std::optional<std::string> get(std::string_view name) const;
  ApiKey secret(std::string_view name) const;                ///< empty where not given
  std::vector<ApiKey> secrets(std::string_view name) const;  ///< empty where not given
  const std::map<std::string, std::string>& table(
      std::string_view name) const;  ///< empty where not given

  /// All of them but the secrets: the same text means the same settings.
  std::string spelt_out() const;

 private:
  ConnectorName instance_;
  std::map<std::string, std::string, std::less<>> values_;
  std::map<std::string, ApiKey, std::less<>> secrets_;
  std::map<std::string, std::vector<ApiKey>, std::less<>> lists_of_secrets_;
  std::map<std::string, std::map<std::string, std::string>, std::less<>> tables_;
};

}  // namespace praxisync::connector
