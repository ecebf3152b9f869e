#pragma once

#include <optional>
#include <string>

#include "http/transport.h"

namespace praxisync::connector {

/// The target of `rel="next"` in a Link header (RFC 8288), as it stands there; nullopt: there is
/// none. It is the peer's text: where it leads is the origin gate's to decide.
std::optional<std::string> next_link(const http::Response& reply);

}  // namespace praxisync::connector
