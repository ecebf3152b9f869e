#include "serve/hints.h"

#include "serve/hook_source.h"

namespace praxisync::serve {

Hints hints_of(const Taken& taken) {
  Hints hints;
  for (const Place& place : taken.places) {
    if (place.source != kAssessHook) {
      hints.connectors.insert(ConnectorName(place.source));
    } else if (place.part.empty()) {
      hints.every_assessment = true;
    } else {
      hints.assessments.insert(AssessmentSlug(place.part));
    }
  }
  return hints;
}

sync::Scope scope_of(const Hints& hints) {
  return {.connectors = hints.connectors,
          .assessments = hints.assessments,
          .every_assessment = hints.every_assessment};
}

}  // namespace praxisync::serve
