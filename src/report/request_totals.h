#pragma once

#include <map>
#include <string>

namespace praxisync::report {

/// What a run sent, by whom it was sent to.
struct RequestTotals {
  long long assess_reads = 0, assess_writes = 0, assess_throttled = 0;
  struct Ats {
    long long requests = 0, throttled = 0;
  };
  std::map<std::string, Ats> ats{};  ///< by the connector's name
};

}  // namespace praxisync::report
