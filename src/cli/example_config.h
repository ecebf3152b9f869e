/// config/praxisync.example.toml, as it was when this program was built.
#pragma once

#include <string_view>

namespace praxisync::cli {

extern const std::string_view kExampleConfig;

}  // namespace praxisync::cli
