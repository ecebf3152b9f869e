/// Whose database this is. The first run that learns the organisation behind the API key binds the
/// database to it; the key itself is never stored, only a salted SHA-256 of it and the base URL, by
/// which a later run sees that it need not ask again.
#pragma once

#include <optional>
#include <string>

#include "domain/result.h"
#include "domain/secret.h"

namespace praxisync::store {

class Database;

struct Binding {
  std::optional<std::string> organisation;  ///< its slug; nullopt: not bound yet
  bool seen = false;                        ///< with this very base URL and key
};

class OrganisationBinding {
 public:
  explicit OrganisationBinding(Database& database) : database_(database) {}

  Result<Binding> load(const std::string& base_url, const ApiKey& key);
  /// Binds an unbound database, and remembers the credential. The caller has compared the slug.
  Result<void> bind(const std::string& organisation, const std::string& base_url,
                    const ApiKey& key);

 private:
  Database& database_;
};

}  // namespace praxisync::store
