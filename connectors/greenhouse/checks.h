/// What `doctor` and `init` ask: openings, and whether the account lets praxisync do its work.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "connectors/greenhouse/directory.h"

namespace praxisync::greenhouse {

/// The endpoint that tells what a token may do.
struct Introspection {
  http::Origin origin;
  std::string path;  ///< empty: there is none
  ApiKey client_id, client_secret;
};

std::vector<connector::Permission> permissions();

class Checks {
 public:
  struct Scope {
    const char* name;               ///< "jobs:list"
    std::vector<ActionKind> kinds;  ///< that need it; none: every pull does
    const char* use;
    bool writes = false;
    std::optional<FieldOwner> owner{};  ///< needed for fields of that owner alone
  };

  Checks(Api& api, Directory& directory, const connector::World& world,
         Introspection introspection);

  Result<connector::Openings> openings();
  std::vector<connector::Finding> check(std::span<const PolicyAction> planned);

 private:
  using Findings = std::vector<connector::Finding>;

  bool is_needed(const Scope& scope, std::span<const PolicyAction> planned);
  void scopes(Api::Actor actor, const std::vector<std::string>& needed, Findings& findings);
  Result<Grant> grant(const ApiKey& token);
  void probe(const std::vector<std::string>& needed, Findings& findings);
  void names(std::span<const PolicyAction> planned, Findings& findings);
  void target_stage(const std::string& stage, Findings& findings);

  Api& api_;
  Directory& directory_;
  Introspection introspection_;
  connector::Account auth_;
};

}  // namespace praxisync::greenhouse
