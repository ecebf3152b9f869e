/// What deliveries mean to the engine: where to look now. They carry nothing else, so that with all
/// of them lost a later look finds the same.
#pragma once

#include <set>

#include "domain/ids.h"
#include "serve/inbox.h"
#include "sync/scope.h"

namespace praxisync::serve {

struct Hints {
  std::set<ConnectorName> connectors;    ///< to pull from
  std::set<AssessmentSlug> assessments;  ///< whose results to read
  bool every_assessment = false;         ///< read those of all: an event named none

  bool empty() const { return connectors.empty() && assessments.empty() && !every_assessment; }
};

/// A slug is not looked up: the engine reads the assessments that it knows among them, and all of
/// them where it knows one not.
Hints hints_of(const Taken& taken);

sync::Scope scope_of(const Hints& hints);

}  // namespace praxisync::serve
