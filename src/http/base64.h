#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace praxisync::http {

/// RFC 4648 section 4, padded.
std::string base64(std::string_view bytes);

/// The bytes that base64 makes `text` of; nullopt: none, as where padding or a bit of it is amiss.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace praxisync::http
