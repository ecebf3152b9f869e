#pragma once

#include <string_view>
#include <vector>

#include "domain/result.h"
#include "http/transport.h"

namespace praxisync::http {

/// Fatal where a name is no token of RFC 9110 or a value holds CR, LF, NUL or another control
/// character: libcurl sends headers as they are, so one value could become two headers. The error
/// names neither the value nor a name that is not one.
Result<void> check_headers(const std::vector<Header>& headers);

}  // namespace praxisync::http
