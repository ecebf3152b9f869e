#pragma once

#include <set>

#include "assess/types.h"
#include "domain/ids.h"

namespace praxisync::sync {

/// Where a run looks for news, after something has said where there is some. What the database
/// knows already is worked on as in any run; a connector whose people wait for their invitation is
/// read as well, and reminders are left to a run that reads everything, so that nobody is contacted
/// who has left meanwhile.
struct Scope {
  std::set<ConnectorName> connectors;    ///< to pull from
  std::set<AssessmentSlug> assessments;  ///< whose results are read
  bool every_assessment = false;         ///< read those of all
};

}  // namespace praxisync::sync
