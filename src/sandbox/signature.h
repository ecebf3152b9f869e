/// What proves to a webhook's receiver who sent it. Source 002, 'Signature Verification'.
#pragma once

#include <string>
#include <string_view>

namespace praxisync::sandbox {

/// HMAC-SHA256 of the raw body in lower-case hexadecimal digits. The key is the whole secret, with
/// its "whsec_".
std::string sign(std::string_view secret, std::string_view raw_body);

}  // namespace praxisync::sandbox
