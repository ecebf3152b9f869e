#pragma once

#include <gmock/gmock.h>

#include <string>

#include "http/transport.h"

namespace praxisync::assess {

MATCHER_P4(Asks, method, url, cost, repeat, "asks " + std::string(url)) {
  *result_listener << http::to_string(arg.method) << ' ' << arg.url;
  return arg.method == method && arg.url == url && arg.cost == cost && arg.repeat == repeat;
}

MATCHER(SaysItIsJson, "has Content-Type: application/json") {
  return http::header(arg.headers, "Content-Type") == "application/json";
}

}  // namespace praxisync::assess
