#pragma once

#include <string>

#include "domain/time.h"

namespace praxisync::sandbox {

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 5.6.7), without the fraction.
std::string format_http_date(Timestamp at);

}  // namespace praxisync::sandbox
