#pragma once

#include <string>
#include <string_view>

namespace praxisync::report {

/// "'sha256-…'", as a content security policy names the one script or style that may be there.
std::string policy_source(std::string_view text);

}  // namespace praxisync::report
