/// What a refused page of a list means.
#pragma once

#include <utility>

#include "domain/result.h"

namespace praxisync::connector {

/// The first page was given, so a refusal of a later one is of the token that leads there, and not
/// of the call or of what it is for: another try, with a listing from the start, may do.
inline Error of_later_page(Error error) {
  if (error.kind == ErrorKind::Rejected) error.kind = ErrorKind::Transient;
  return error;
}

}  // namespace praxisync::connector
