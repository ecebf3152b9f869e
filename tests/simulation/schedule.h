/// What happens in one simulated world, as a list that people can read, cut and keep: who applies,
/// what recruiters do, when praxisync runs and which faults strike. Nothing of a simulation is
/// decided elsewhere, so the same schedule always plays out the same.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"

namespace praxisync::simulation {

enum class Act {
  // What people do; `who` is an applicant's place in the list.
  Apply,       ///< who
  Move,        ///< who, stage
  Reject,      ///< who
  Reactivate,  ///< who
  Hire,        ///< who
  Rename,      ///< who
  Readdress,   ///< who, address
  Merge,       ///< winner, loser
  Anonymise,   ///< who
  Remove,      ///< who
  Untag,       ///< who: a person takes our tag away
  // What praxisync does.
  Run,
  Restart,  ///< in order: nothing is lost
  Plan,     ///< changes nothing
  // What befalls the host.
  Crash,     ///< at that door of the next run; several: one after the other, in recovery too
  Signal,    ///< SIGTERM at that door of the next run
  SetClock,  ///< minutes, of either sign, for good
  Reboot,
  Second,  ///< another instance runs while that request of the next run is out
  LoseDatabase,
  KeepBackup,
  RestoreBackup,
  Rekey,    ///< a new key of the same organisation
  Foreign,  ///< the next run has a key of another organisation
  // What befalls requests to the Assess API: after that many, to that many; writes alone or all.
  Drop,
  DropAfter,
  Cut,
  ServerError,
  ErrorAfter,
  Redirect,
  Junk,
  Throttle,
  Refuse,  ///< 401
  Forbid,  ///< 403
  Delay,
  Late,       ///< after that many: it takes effect minutes after the connection ended
  Twice,      ///< after that many: a proxy brings it two times
  Swap,       ///< after that many: the answer of the request before it
  Others,     ///< use the key: that many writes and reads
  Strangers,  ///< that many of the month's invitations are used up by others
  Retire,     ///< the assessment is archived, and active again when all heals
  // What befalls the ATS's answers: after that many of the next run's calls.
  AtsDrop,
  AtsDropAfter,
  AtsCut,
  AtsLate,
  AtsThrottle,
  AtsError,       ///< 5xx, nothing took effect
  AtsErrorAfter,  ///< 5xx, it took effect
  AtsJunk,
  AtsRefuse,    ///< 401
  AtsRedirect,  ///< to another host
  AtsAstray,    ///< the next page is said to be on another host
  AtsDown,      ///< for the whole run
  AtsForget,    ///< it no longer takes the cursors and tokens that it gave
  AtsEmpty,     ///< lists nobody, in the next run
  // What befalls webhook deliveries: after that many; one waits for the one before it.
  HookLost,    ///< that many; where the step's ATS is 0 for good, or else it may be tried again
  HookTwice,   ///< and once more, after so many minutes
  HookLate,    ///< by so many minutes
  HookForged,  ///< somebody else's copy comes first, with that byte changed
};

struct Step {
  int minute = 0;  ///< since the world began
  Act act = Act::Run;
  int ats = 0;  ///< for acts of an ATS
  int first = 0, second = 0;

  friend bool operator==(const Step&, const Step&) = default;
};

struct Applicant {
  int ats = 0, job = 0, address = 0;
  friend bool operator==(const Applicant&, const Applicant&) = default;
};

struct Schedule {
  std::uint64_t seed = 1;
  std::map<std::string, int, std::less<>> knobs;  ///< those that differ from their defaults
  std::vector<Applicant> people;
  std::vector<Step> steps;

  int knob(std::string_view name) const;
  friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// How the world is set up: a name and what holds when nothing is said.
struct Knob {
  std::string_view name;
  int fallback;
};
const std::vector<Knob>& all_knobs();

enum class Kind { People, Engine, Fault };
struct ActName {
  Act act;
  std::string_view name;
  Kind kind;
  std::string_view rows;  ///< of the fault model: "F01 F05"
};
const std::vector<ActName>& all_acts();
const ActName& name_of(Act act);
inline bool is_fault(Act act) { return name_of(act).kind == Kind::Fault; }

bool befalls_webhooks(Act act);

/// The world as it would be if nothing ever failed, on plain ATSs, without webhooks and with
/// runs begun by hand: whichever they are, and whatever comes of the deliveries, it must end alike.
Schedule without_faults(Schedule schedule);

std::string to_text(const Schedule& schedule);
/// Rejected, with the line, where it cannot be read.
Result<Schedule> parse_schedule(std::string_view text);

}  // namespace praxisync::simulation
