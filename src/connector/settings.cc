#include "connector/settings.h"

namespace praxisync::connector {

std::optional<std::string> Settings::get(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return std::nullopt;
  return found->second;
}

ApiKey Settings::secret(std::string_view name) const {
  const auto found = secrets_.find(name);
  return found == secrets_.end() ? ApiKey{} : found->second;
}

std::vector<ApiKey> Settings::secrets(std::string_view name) const {
  const auto found = lists_of_secrets_.find(name);
  return found == lists_of_secrets_.end() ? std::vector<ApiKey>{} : found->second;
}

const std::map<std::string, std::string>& Settings::table(std::string_view name) const {
  static const std::map<std::string, std::string> none;
  const auto found = tables_.find(name);
  return found == tables_.end() ? none : found->second;
}

std::string Settings::spelt_out() const {
  std::string text;
  // Lengths before texts: no two settings can be spelt the same.
  const auto add = [&](const std::string& part) {
    text += std::to_string(part.size()) + ":" + part;
  };
  for (const auto& [name, value] : values_) {
    add(name);
    add(value);
  }
  for (const auto& [name, table] : tables_) {
    for (const auto& [key, value] : table) {
      add(name);
      add(key);
      add(value);
    }
  }
  return text;
}

}  // namespace praxisync::connector
