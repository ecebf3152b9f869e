/// Pulling from Ashby: application.list over all jobs and statuses, whole or since a sync token.
/// There is no stage filter and none may be set beside a sync token, so rows are sorted here.
#pragma once

#include <vector>

#include "connector/pass.h"
#include "connectors/ashby/api.h"

namespace praxisync::ashby {

class Source {
 public:
  Source(Api& api, Clock& clock, connector::PassPolicy policy, std::vector<StageFilter> routed)
      : api_(api), clock_(clock), policy_(std::move(policy)), routed_(std::move(routed)) {}

  Result<ApplicationPage> pull(const Cursor& after);

 private:
  bool is_routed(const Row& row) const;
  ApplicationPage page_of(const connector::Pass& pass, Listed listed) const;

  Api& api_;
  Clock& clock_;
  connector::PassPolicy policy_;
  std::vector<StageFilter> routed_;
};

}  // namespace praxisync::ashby
