#pragma once

#include <string>

#include "domain/random.h"

namespace praxisync {

/// A version 4 UUID (RFC 9562) out of two draws.
std::string make_uuid(Random& random);

}  // namespace praxisync
