/// SHA-256 fingerprints and HMAC-SHA256 codes, as 64 lower-case hex digits. Pure.
#pragma once

#include <string>
#include <string_view>

namespace praxisync {

std::string sha256(std::string_view text);
std::string hmac_sha256(std::string_view key, std::string_view text);

/// Whether both are the same; the time it takes tells nothing about where they differ.
bool same_digest(std::string_view a, std::string_view b);

}  // namespace praxisync
