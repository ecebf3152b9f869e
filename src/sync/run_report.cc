#include "sync/run_report.h"

#include <algorithm>

namespace praxisync::sync {

std::string_view to_string(Ending ending) {
  switch (ending) {
    case Ending::Failed:
      return "failed";
    case Ending::Unauthorized:
      return "unauthorized";
    case Ending::Held:
      return "held";
    case Ending::Signal:
      return "signal";
    case Ending::Deadline:
      return "deadline";
    case Ending::Quota:
      return "quota";
    case Ending::Throttled:
      return "throttled";
    case Ending::Unsettled:
      return "unsettled";
    case Ending::Records:
      return "records";
    case Ending::Done:
      return "done";
  }
  return "failed";
}

int exit_code(Ending ending) {
  switch (ending) {
    case Ending::Failed:
      return 1;
    case Ending::Unauthorized:
      return 5;
    case Ending::Held:
      return 7;
    case Ending::Signal:
    case Ending::Deadline:
    case Ending::Quota:
    case Ending::Throttled:
    case Ending::Unsettled:
      return 4;
    case Ending::Records:
      return 3;
    case Ending::Done:
      return 0;
  }
  return 1;
}

void RunReport::end(Ending with) { ending = std::min(ending, with); }

void RunReport::add(Problem problem) {
  const auto same = std::ranges::find_if(problems, [&](const Problem& known) {
    return known.where == problem.where && known.what == problem.what;
  });
  if (same != problems.end()) {
    same->count += problem.count;
  } else if (problems.size() < kMostProblems) {
    problems.push_back(std::move(problem));
  } else {
    problems_not_listed += problem.count;
  }
}

void RunReport::drop(Dropped action) {
  if (dropped.size() < kMostDropped) {
    dropped.push_back(std::move(action));
  } else {
    ++dropped_not_listed;
  }
}

}  // namespace praxisync::sync
