/// Whose addresses may be contacted at all, by the domain behind the '@'. Patterns are globs such
/// as
/// "*.example.com" (which does not take "example.com" itself), compared without ASCII case.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace praxisync {

struct EmailDomains {
  std::vector<std::string> allow{};  ///< none: every domain
  std::vector<std::string> deny{};   ///< one that is named here is denied, whatever `allow` says

  /// Whether an address in that domain may be contacted; a dot at its end means nothing.
  bool permit(std::string_view domain) const;

  friend bool operator==(const EmailDomains&, const EmailDomains&) = default;
};

}  // namespace praxisync
