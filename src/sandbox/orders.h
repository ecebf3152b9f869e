/// Orders that every played peer takes over its socket, below /__sandbox/: of its time and its
/// faults. What else they share: how an order is read and answered.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/driven_clock.h"
#include "sandbox/faults.h"

namespace praxisync::sandbox {

inline constexpr std::string_view kOrders = "/__sandbox/";

/// POST clock, POST and DELETE faults; nullopt: it is none of these.
std::optional<http::Response> order(Faults& faults, DrivenClock& clock,
                                    const http::Request& request);

/// The body of an order; nullopt where it is no JSON object.
std::optional<nlohmann::ordered_json> read_order(const http::Request& request);
http::Response reply(int status, const nlohmann::ordered_json& document);
http::Response refused(std::string_view why);

/// The text under `name`; empty where there is none.
std::string text(const nlohmann::ordered_json& body, const char* name);
/// The number under `name`, or `fallback`; nullopt where it is no number within the bounds.
std::optional<int> number(const nlohmann::ordered_json& body, const char* name, int fallback,
                          int low, int high);

}  // namespace praxisync::sandbox
