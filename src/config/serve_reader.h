/// Reads `[serve]`. Used by the loader alone.
#pragma once

#include "config/config.h"
#include "config/secret_source.h"
#include "config/table_reader.h"

namespace praxisync::config {

/// Adds the secrets that it reads to `secrets` once more.
Serve read_serve(TableReader& reader, const Surroundings& surroundings,
                 std::vector<ApiKey>& secrets);

/// Of "127.0.0.1:8377": an address and a port; nullopt where it is something else.
std::optional<Listen> parse_listen(std::string_view text);

}  // namespace praxisync::config
