/// A run as a list of checks that passed, failed or were left for the next run: what JUnit's
/// readers show. A run that ended with exit code 0 has none that failed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/run_report.h"

namespace praxisync::report {

struct Check {
  enum class Standing { Passed, Failed, Skipped };
  std::string group;  ///< "connectors", "routes", "evidence", "run"
  std::string name;   ///< "pull gh", a route's name
  Standing standing = Standing::Passed;
  std::string text{};  ///< what is wrong and how to mend it, a line each; may be there when passed
  Milliseconds took{};
};

/// Each connector's pull and write-backs, each route, each further stream and sum of the evidence,
/// and the run itself, which fails for whatever is of no other check.
std::vector<Check> checks_of(const RunReport& report);

}  // namespace praxisync::report
