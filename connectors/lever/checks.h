/// What doctor asks: what there is to route from, and whether the key lets praxisync work. Reads
/// only.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "connector/connector.h"
#include "connectors/lever/directory.h"

namespace praxisync::lever {

class Checks {
 public:
  Checks(Api& api, Directory& directory, Clock& clock, std::string perform_as)
      : api_(api), directory_(directory), clock_(clock), perform_as_(std::move(perform_as)) {}

  /// Every open job with every stage: all jobs have the same ones.
  Result<connector::Openings> openings();
  std::vector<connector::Finding> all(std::span<const PolicyAction> planned);

 private:
  connector::Finding opportunities();
  connector::Finding confidential() const;
  connector::Finding deleted();
  connector::Finding author();
  connector::Finding reason(const PolicyAction& action);

  Api& api_;
  Directory& directory_;
  Clock& clock_;
  std::string perform_as_;
};

}  // namespace praxisync::lever
