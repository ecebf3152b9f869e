#pragma once

#include <string_view>

namespace praxisync::sandbox {

/// Whether the played API takes `text` for an address. It is stricter than praxisync's own Email,
/// as Django's validator is: a dot-atom of ASCII before the '@', a dotted domain of letters, digits
/// and inner hyphens after it, 254 bytes at the most. That leaves addresses that only the peer
/// refuses.
bool is_address(std::string_view text);

}  // namespace praxisync::sandbox
