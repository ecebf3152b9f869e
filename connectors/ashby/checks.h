/// What doctor and routes ask of an account: reads only.
#pragma once

#include <span>
#include <vector>

#include "connectors/ashby/directory.h"

namespace praxisync::ashby {

/// The open jobs with the stages of their plans, but for those that archived applications are in.
Result<connector::Openings> openings(Api& api, Directory& directory);

std::vector<connector::Finding> check(Api& api, Directory& directory,
                                      std::span<const PolicyAction> planned);

/// What the key needs, and what for.
std::vector<connector::Permission> permissions();

}  // namespace praxisync::ashby
