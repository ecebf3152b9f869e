#include "store/organisation.h"

#include <fmt/format.h>

#include "domain/check.h"
#include "domain/digest.h"
#include "store/rows.h"

namespace praxisync::store {
namespace {

/// Lengths before texts: no two credentials can be spelt the same.
std::string fingerprint(const std::string& salt, const std::string& base_url, const ApiKey& key) {
  return sha256(fmt::format("praxisync-credential-1 {} {}:{} {}:{}", salt, base_url.size(),
                            base_url, key.reveal().size(), key.reveal()));
}

}  // namespace

Result<Binding> OrganisationBinding::load(const std::string& base_url, const ApiKey& key) {
  return guarded("read the organisation", [&]() -> Result<Binding> {
    Query row(database_, "SELECT salt, slug, credential FROM organisation");
    row.step_to_row();
    Binding binding;
    if (!row.is_null(1)) binding.organisation = row.text(1);
    binding.seen = row.text(2) == fingerprint(row.text(0), base_url, key);
    return binding;
  });
}

Result<void> OrganisationBinding::bind(const std::string& organisation, const std::string& base_url,
                                       const ApiKey& key) {
  return database_.transaction("bind the database", [&]() -> Result<void> {
    std::string salt;
    {
      Query row(database_, "SELECT salt FROM organisation");
      row.step_to_row();
      salt = row.text(0);
    }
    Query(database_, "UPDATE organisation SET slug = coalesce(slug, ?), credential = ?")
        .with(organisation, fingerprint(salt, base_url, key))
        .run();
    return {};
  });
}

}  // namespace praxisync::store
