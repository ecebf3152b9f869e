/// What one run did, counted, and why it ended. Made by the engine; printed by report/ and cli/.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "assess/types.h"
#include "domain/engagement.h"
#include "domain/result.h"
#include "store/view.h"
#include "sync/evidence.h"

namespace praxisync::sync {

struct Counts {
  std::int64_t pulled = 0;
  int queued = 0, invited = 0, already_invited = 0, enrolled = 0, blocked = 0;
  int completed = 0, passed = 0, failed = 0, expired = 0, cancelled = 0, reminded = 0;
  int written_back = 0, failed_writes = 0, set_aside = 0;
};

/// Something that went wrong, once with its count.
struct Problem {
  std::string where;  ///< "pull gh", "invite to senior-backend-screen"
  ErrorKind kind = ErrorKind::Transient;
  std::string what;
  int count = 1;
};

/// Why a run ended, the gravest first; the exit code follows from it.
enum class Ending {
  Failed,             ///< 1
  OtherOrganisation,  ///< 2: the database belongs to another than the key
  Unauthorized,       ///< 5
  Held,               ///< 7: by a safety limit
  Signal,             ///< 4
  Deadline,           ///< 4
  Quota,              ///< 4: the month's invitations
  Throttled,          ///< 4: the hourly limits
  Unsettled,          ///< 4: a lost answer has to settle before it can be looked up
  Records,            ///< 3: done, with records that failed or were blocked for the first time
  Done,               ///< 0
};

std::string_view to_string(Ending ending);
int exit_code(Ending ending);

/// The least requests that this run's news and changes could have been had for.
struct Least {
  int reads = 0, writes = 0;
};

/// An action of the plan that this run followed, and why it was left out.
struct Dropped {
  ConnectorName connector;
  ApplicationId application;
  RouteName route;
  std::string action;  ///< "invite", "enroll" or a write-back's kind
  std::string reason;
  friend bool operator==(const Dropped&, const Dropped&) = default;
};

/// Dropped actions beyond this many are counted, not listed.
inline constexpr std::size_t kMostDropped = 10'000;

/// Why something was asked in one way and not in another.
struct Decision {
  std::string what;  ///< "statuses of 12"
  std::string why;   ///< "by the list: 1 read; singly would be 12 reads"
};

/// Problems beyond this many kinds are counted, not listed.
inline constexpr std::size_t kMostProblems = 100;

struct RunReport {
  RunKey run{};
  Timestamp started_at{}, finished_at{};
  Ending ending = Ending::Done;
  Counts counts;
  store::Backlog backlog;
  std::optional<assess::Quota> quota;  ///< as last read, less what was sent since
  Least least;
  std::vector<Decision> decisions;  ///< a few a phase
  Evidence evidence;
  std::vector<Problem> problems;
  int problems_not_listed = 0;
  std::optional<int> planned{};  ///< actions of the plan that the run followed; nullopt: none
  std::vector<Dropped> dropped;
  int dropped_not_listed = 0;
  std::optional<Timestamp>
      resume_at;  ///< the soonest that going on makes sense, where a limit says so

  /// Keeps the gravest.
  void end(Ending with);
  /// Counted when the same was said before.
  void add(Problem problem);
  void drop(Dropped action);
  /// Names what the evidence lacks: such a run is not a green one.
  void weigh_evidence();
};

}  // namespace praxisync::sync
