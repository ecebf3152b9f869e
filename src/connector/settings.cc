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

const std::map<std::string, std::string>& Settings::table(std::string_view name) const {
  static const std::map<std::string, std::string> none;
  const auto found = tables_.find(name);
  return found == tables_.end() ? none : found->second;
}

}  // namespace praxisync::connector
