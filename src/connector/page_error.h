/// What a refused page of a list means.
#pragma once

#include "domain/result.h"

namespace praxisync::connector {

/// The error of page number `page`, counted from 0. Where the first was given, a refusal of a later
/// one is of the token that leads there, and not of the call or of what it is for: another try,
/// with a listing from the start, may do.
inline Error error_of_page(int page, Error error) {
  if (page > 0 && error.kind == ErrorKind::Rejected) error.kind = ErrorKind::Transient;
  return error;
}

}  // namespace praxisync::connector
