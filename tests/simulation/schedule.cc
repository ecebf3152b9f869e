#include "simulation/schedule.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "domain/check.h"

namespace praxisync::simulation {

const std::vector<Knob>& all_knobs() {
  static const std::vector<Knob> knobs{
      {"sources", 1},  // ATS accounts
      {"kind0", 0},    // of the first: 0 plain, 1 Greenhouse, 2 Lever, 3 Ashby
      {"kind1", 0},
      {"kind2", 0},
      {"never_heals", 0},  // that ATS, counted from 1, gives nothing but errors for ever
      {"revoked", 0},      // and those are refusals of its key
      {"incremental", 0},  // the ATS tells what changed instead of listing everybody
      {"ats_page", 3},     // applications a page
      {"quota", 0},        // invitations a month; 0: no limit
      {"reads_per_hour", 500},
      {"writes_per_hour", 100},
      {"bulk_size", 100},  // that we send
      {"bulk_limit", 0},   // that the API takes; 0: any
      {"by_page", 0},      // lists by page number
      {"old_documents", 0},
      {"enroll_again", 2},  // 0 refused, 1 the same, 2 twice
      {"renews_expired", 0},
      {"cancel_when_left", 0},
      {"remind", 0},
      {"reinvite", 0},
      {"moves", 0},         // who passed is moved on, who failed is rejected
      {"brake", 500},       // most invitations a run
      {"eager", 0},         // candidates start within hours
      {"webhooks", 0},      // both sides deliver some
      {"scheduled", 0},     // `serve` begins the runs: 1 at an interval, 2 by cron in a zone
      {"skips_missed", 0},  // and gives up what nobody was there for
      {"jitter", 0},        // in minutes
      {"rests", 0},         // when all has healed, praxisync stands still for days first
  };
  return knobs;
}

bool befalls_webhooks(Act act) {
  return act == Act::HookLost || act == Act::HookTwice || act == Act::HookLate ||
         act == Act::HookForged;
}

const std::vector<ActName>& all_acts() {
  using enum Act;
  using enum Kind;
  static const std::vector<ActName> acts{
      {Apply, "apply", People, ""},
      {Move, "move", People, "F66 F69 F70"},
      {Reject, "reject", People, "F66"},
      {Reactivate, "reactivate", People, ""},
      {Hire, "hire", People, "F66"},
      {Rename, "rename", People, ""},
      {Readdress, "readdress", People, "F74"},
      {Merge, "merge", People, "F73"},
      {Anonymise, "anonymise", People, "F77"},
      {Remove, "remove", People, "F77"},
      {Untag, "untag", People, "F64"},
      {Run, "run", Engine, ""},
      {Restart, "restart", Engine, ""},
      {Plan, "plan", Engine, ""},
      {Crash, "crash", Fault, "F01 F02 F03 F04 F05"},
      {Signal, "signal", Fault, "F16"},
      {SetClock, "set_clock", Fault, "F17 F19"},
      {Reboot, "reboot", Fault, "F17"},
      {Second, "second", Fault, "F13 F15"},
      {LoseDatabase, "lose_database", Fault, "F10"},
      {KeepBackup, "keep_backup", Fault, ""},
      {RestoreBackup, "restore_backup", Fault, "F09"},
      {Rekey, "rekey", Fault, "F80"},
      {Foreign, "foreign", Fault, "F80"},
      {Drop, "drop", Fault, "F33"},
      {DropAfter, "drop_after", Fault, "F23"},
      {Cut, "cut", Fault, "F28"},
      {ServerError, "server_error", Fault, "F41 F43"},
      {ErrorAfter, "error_after", Fault, "F41"},
      {Redirect, "redirect", Fault, "F32"},
      {Junk, "junk", Fault, "F30 F31"},
      {Throttle, "throttle", Fault, "F40"},
      {Refuse, "refuse", Fault, "F35"},
      {Forbid, "forbid", Fault, "F36"},
      {Delay, "delay", Fault, "F27"},
      {Late, "late", Fault, "F25"},
      {Twice, "twice", Fault, "F24"},
      {Swap, "swap", Fault, "F26"},
      {Others, "others", Fault, "F59"},
      {Strangers, "strangers", Fault, "F58"},
      {Retire, "retire", Fault, "F39"},
      {AtsDrop, "ats_drop", Fault, "F41"},
      {AtsDropAfter, "ats_drop_after", Fault, "F62"},
      {AtsCut, "ats_cut", Fault, "F28"},
      {AtsLate, "ats_late", Fault, "F25"},
      {AtsThrottle, "ats_throttle", Fault, "F40"},
      {AtsError, "ats_error", Fault, "F41"},
      {AtsErrorAfter, "ats_error_after", Fault, "F41"},
      {AtsJunk, "ats_junk", Fault, "F30"},
      {AtsRefuse, "ats_refuse", Fault, "F35"},
      {AtsRedirect, "ats_redirect", Fault, "F32"},
      {AtsAstray, "ats_astray", Fault, "F32"},
      {AtsDown, "ats_down", Fault, "F43"},
      {AtsForget, "ats_forget", Fault, "F49"},
      {AtsEmpty, "ats_empty", Fault, "F52"},
      {HookLost, "hook_lost", Fault, "F84"},
      {HookTwice, "hook_twice", Fault, "F82 F83"},
      {HookLate, "hook_late", Fault, "F84"},
      {HookForged, "hook_forged", Fault, "F81"},
  };
  return acts;
}

const ActName& name_of(Act act) {
  const auto found = std::ranges::find(all_acts(), act, &ActName::act);
  PRAXISYNC_CHECK(found != all_acts().end(), "every act has a name");
  return *found;
}

int Schedule::knob(std::string_view name) const {
  if (const auto set = knobs.find(name); set != knobs.end()) return set->second;
  const auto known = std::ranges::find(all_knobs(), name, &Knob::name);
  PRAXISYNC_CHECK(known != all_knobs().end(), "whoever asks knows the knobs");
  return known->fallback;
}

Schedule without_faults(Schedule schedule) {
  for (const char* knob : {"kind0", "kind1", "kind2", "webhooks", "scheduled"})
    schedule.knobs.erase(knob);
  std::erase_if(schedule.steps, [](const Step& step) { return is_fault(step.act); });
  return schedule;
}

std::string to_text(const Schedule& schedule) {
  std::string text = fmt::format("seed {}\n", schedule.seed);
  for (const auto& [name, value] : schedule.knobs) text += fmt::format("knob {} {}\n", name, value);
  for (const Applicant& person : schedule.people) {
    text += fmt::format("applicant {} {} {}\n", person.ats, person.job, person.address);
  }
  for (const Step& step : schedule.steps) {
    text += fmt::format("at {} {} {} {} {}\n", step.minute, name_of(step.act).name, step.ats,
                        step.first, step.second);
  }
  return text;
}

namespace {

/// Whether the line could be read.
bool read_line(const std::string& line, Schedule& schedule) {
  std::istringstream words(line);
  std::string word, name;
  words >> word;
  if (word == "seed") {
    words >> schedule.seed;
  } else if (word == "knob") {
    int value = 0;
    words >> name >> value;
    if (std::ranges::find(all_knobs(), name, &Knob::name) == all_knobs().end()) return false;
    schedule.knobs[name] = value;
  } else if (word == "applicant") {
    Applicant person;
    words >> person.ats >> person.job >> person.address;
    schedule.people.push_back(person);
  } else if (word == "at") {
    Step step;
    words >> step.minute >> name >> step.ats >> step.first >> step.second;
    const auto act = std::ranges::find(all_acts(), name, &ActName::name);
    if (act == all_acts().end()) return false;
    step.act = act->act;
    schedule.steps.push_back(step);
  } else {
    return false;
  }
  return !words.fail();
}

}  // namespace

Result<Schedule> parse_schedule(std::string_view text) {
  Schedule schedule;
  std::istringstream lines{std::string(text)};
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    if (!read_line(line, schedule)) {
      return Error{ErrorKind::Rejected, fmt::format("line {} is no line of a schedule", number)};
    }
  }
  return schedule;
}

}  // namespace praxisync::simulation
