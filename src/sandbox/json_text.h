#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace praxisync::sandbox {

/// `document` as JSON on one line. What is not UTF-8 comes out as U+FFFD: writing never throws.
inline std::string json_text(const nlohmann::ordered_json& document) {
  return document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace praxisync::sandbox
