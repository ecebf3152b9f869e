#include "domain/email_domains.h"

#include <algorithm>

#include "domain/text.h"

namespace praxisync {

bool EmailDomains::permit(std::string_view domain) const {
  if (domain.ends_with('.')) domain.remove_suffix(1);
  const auto named = [&](const std::vector<std::string>& patterns) {
    return std::ranges::any_of(
        patterns, [&](const std::string& pattern) { return matches_glob(pattern, domain); });
  };
  return !named(deny) && (allow.empty() || named(allow));
}

}  // namespace praxisync
