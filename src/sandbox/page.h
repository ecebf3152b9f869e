/// The sandbox's own page, for a person to look at: page.html, embedded at build.
#pragma once

#include <string_view>

namespace praxisync::sandbox {

extern const std::string_view kPage;

}  // namespace praxisync::sandbox
