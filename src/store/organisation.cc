#include "store/organisation.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

#include "domain/check.h"
#include "store/rows.h"

namespace praxisync::store {
namespace {

/// Lengths before texts: no two credentials can be spelt the same.
std::string fingerprint(const std::string& salt, const std::string& base_url, const ApiKey& key) {
  const std::string text =
      fmt::format("praxisync-credential-1 {} {}:{} {}:{}", salt, base_url.size(), base_url,
                  key.reveal().size(), key.reveal());
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  const int done =
      EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  PRAXISYNC_CHECK(done == 1 && size == 32, "SHA-256 is always there");
  std::string hex;
  for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest.at(i));
  return hex;
}

}  // namespace

Result<Binding> OrganisationBinding::load(const std::string& base_url, const ApiKey& key) {
  return guarded("read the organisation", [&]() -> Result<Binding> {
    Query row(database_, "SELECT salt, slug, credential FROM organisation");
    PRAXISYNC_CHECK(row.step(), "the migration makes the row");
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
      PRAXISYNC_CHECK(row.step(), "the migration makes the row");
      salt = row.text(0);
    }
    Query(database_, "UPDATE organisation SET slug = coalesce(slug, ?), credential = ?")
        .with(organisation, fingerprint(salt, base_url, key))
        .run();
    return {};
  });
}

}  // namespace praxisync::store
