#pragma once

#include <optional>
#include <string_view>

#include "domain/time.h"
#include "http/transport.h"

namespace praxisync::http {

/// The three forms of a date that RFC 9110 5.6.7 tells recipients to accept:
/// "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994".
std::optional<Timestamp> parse_http_date(std::string_view text);

/// The peer's clock as it answered: its `Date`; nullopt where there is none that can be read.
std::optional<Timestamp> date_of(const Response& reply);

}  // namespace praxisync::http
