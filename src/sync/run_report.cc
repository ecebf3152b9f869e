#include "sync/run_report.h"

#include <fmt/format.h>

#include <algorithm>

namespace praxisync::sync {
namespace {

constexpr std::size_t kMostNamed = 10;

std::string names_of(const std::vector<std::string>& streams) {
  std::string names;
  for (std::size_t i = 0; i < streams.size() && i < kMostNamed; ++i)
    names += (i == 0 ? "" : ", ") + streams[i];
  if (streams.size() > kMostNamed)
    names += fmt::format(" and {} more", streams.size() - kMostNamed);
  return names;
}

/// Empty where everything is accounted for: what is left over needs an ending that says why.
std::string doubt_about(const char* what, const Tally& tally, Ending ending) {
  if (tally.adds_up() && (tally.skipped == 0 || ending != Ending::Done)) return {};
  return fmt::format("{}: {} planned, {} done, {} left for later, {} failed", what, tally.planned,
                     tally.done, tally.skipped, tally.failed);
}

}  // namespace

std::string_view to_string(Ending ending) {
  switch (ending) {
    case Ending::Failed:
      return "failed";
    case Ending::OtherOrganisation:
      return "other_organisation";
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
    case Ending::OtherOrganisation:
      return 2;
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

void RunReport::weigh_evidence() {
  const Ending so_far = ending;
  const auto missing = [&](std::string what) {
    if (what.empty()) return;
    end(Ending::Records);
    add(Problem{"evidence", ErrorKind::Transient, std::move(what)});
  };
  if (const auto unread = evidence.unread(); !unread.empty())
    missing("not read to the end: " + names_of(unread));
  missing(doubt_about("people to contact", evidence.contacts, so_far));
  missing(doubt_about("write-backs", evidence.write_backs, so_far));
}

}  // namespace praxisync::sync
