#include "domain/result.h"

namespace praxisync {

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Transient:
      return "transient";
    case ErrorKind::Throttled:
      return "throttled";
    case ErrorKind::OutcomeUnknown:
      return "outcome_unknown";
    case ErrorKind::Rejected:
      return "rejected";
    case ErrorKind::Exhausted:
      return "exhausted";
    case ErrorKind::Unauthorized:
      return "unauthorized";
    case ErrorKind::Malformed:
      return "malformed";
    case ErrorKind::Fatal:
      return "fatal";
  }
  return "unknown";
}

}  // namespace praxisync
