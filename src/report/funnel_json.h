#pragma once

#include <nlohmann/json.hpp>

#include "store/view.h"

namespace praxisync::report {

/// How far the people of a route came, as documents have it.
inline nlohmann::ordered_json funnel_of(const store::RouteFunnel& route) {
  return {{"route", route.route.text()},
          {"in_stage", route.in_stage},
          {"in_stage_now", route.in_stage_now},
          {"invited", route.invited},
          {"started", route.started},
          {"completed", route.completed},
          {"passed", route.passed},
          {"failed", route.failed},
          {"written_back", route.written_back}};
}

}  // namespace praxisync::report
