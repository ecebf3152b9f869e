#include "simulation/play.h"

#include <fmt/format.h>

#include <algorithm>

#include "simulation/generate.h"
#include "simulation/host.h"
#include "simulation/liveness.h"

namespace praxisync::simulation {
namespace {

using std::chrono::hours;

bool idle(const sync::RunReport& report, const Universe& universe) {
  const store::Backlog& backlog = report.backlog;
  // A stage that lists nobody any more holds back those who stood in it, for ever if need be.
  const bool empty_stage = std::ranges::any_of(report.problems, [](const sync::Problem& problem) {
    return problem.what.find("lists nobody any more") != std::string::npos;
  });
  const bool one_is_gone = universe.schedule().knob("never_heals") != 0;
  const bool in_order =
      report.ending == sync::Ending::Done || report.ending == sync::Ending::Records ||
      (report.ending == sync::Ending::Held && empty_stage) ||
      (one_is_gone &&
       (report.ending == sync::Ending::Failed || report.ending == sync::Ending::Unauthorized));
  return in_order && (backlog.queued == 0 || empty_stage) && backlog.waiting == 0 &&
         backlog.to_write == 0 && backlog.unsettled == 0;
}

bool everybody_contacted(const Universe& universe, store::Store& durable) {
  Violations missing;
  check_liveness(universe, durable, missing);
  return missing.empty();
}

/// How a world comes to rest: with somebody in the queue whom an emptied stage holds back, or not.
enum class Rest { Done, HeldBack };

std::chrono::month month_of(Timestamp at) {
  return std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(at)}.month();
}

/// Everything heals; praxisync runs until nothing is left to do.
Rest converge(Universe& universe, Host& host, Violations& found) {
  host.heal();
  constexpr int kMostRounds = 30;
  // What waited is over after 300 hours; what came of that may wait again.
  const int soon = universe.schedule().knob("rests") == 0 ? 1 : 0;
  const auto gap_before = [soon](int round) {
    return hours{round < soon ? 1 : (round - soon) % 2 == 0 ? 300 : 24};
  };
  bool done = false, waits = false;  // `waits`: somebody does, for the next month's invitations say
  std::string last;
  for (int round = 0; round < kMostRounds && !done; ++round) {
    host.wait_until(universe.clock.now() + gap_before(round));
    const sync::RunReport report = host.run();
    // A full sweep is due by the second round, and finds what news left out.
    done = round > 0 && idle(report, universe) && host.writes() == 0 &&
           (report.backlog.queued == 0 || everybody_contacted(universe, host.durable()));
    waits = report.backlog.queued > 0;
    last = fmt::format("{}: {} queued, {} waiting, {} to write, {} unsettled",
                       to_string(report.ending), report.backlog.queued, report.backlog.waiting,
                       report.backlog.to_write, report.backlog.unsettled);
    for (const sync::Problem& problem : report.problems)
      last += "; " + problem.where + ": " + problem.what;
  }
  if (!done) {
    found.push_back({"L1", "it never comes to rest: " + last});
    return Rest::HeldBack;
  }
  const auto month = month_of(universe.clock.now());
  host.wait_until(universe.clock.now() + hours{2});
  const sync::RunReport report = host.run();
  const bool new_quota = waits && month_of(universe.clock.now()) != month;
  if (host.writes() > 0 && !new_quota)
    found.push_back({"L7", "it writes although nothing is left to do"});
  return report.backlog.queued > 0 ? Rest::HeldBack : Rest::Done;
}

/// Who applies as another with their address has run out is told of it, where it is heard of only
/// then, or waits with them for a further round.
bool shares_address(const Schedule& schedule, std::size_t who) {
  return std::ranges::count_if(schedule.people, [&](const Applicant& other) {
           return other.address % 1000 == schedule.people[who].address % 1000;
         }) > 1;
}

std::string without_expiry_told(std::string end) {
  constexpr std::string_view kTold = ", note expired";
  for (std::size_t at = end.find(kTold); at != std::string::npos; at = end.find(kTold))
    end.erase(at, kTold.size());
  return end;
}

}  // namespace

Played play(const Schedule& schedule, Lines lines) {
  Played played;
  Trace trace;
  if (lines == Lines::Keep) trace.keep_lines();
  Universe universe(schedule);
  Host host(universe, trace, played.reached, played.violations);
  for (const Step& step : universe.schedule().steps) {
    host.wait_until(universe.minute(step.minute));
    const ActName& name = name_of(step.act);
    trace.tell(fmt::format("at {} {} {} {} {}", step.minute, name.name, step.ats, step.first,
                           step.second));
    if (name.kind == Kind::People) {
      ++played.reached["people " + std::string(name.name)];
      if (const Ats* const ats = universe.act(step)) host.hear_of(*ats, step.act);
    } else if (step.act == Act::Run) {
      host.run();
    } else if (step.act == Act::Restart) {
      host.restart();
    } else if (step.act == Act::Plan) {
      host.plan();
    } else {
      host.strike(step);
    }
  }
  played.held_back = converge(universe, host, played.violations) == Rest::HeldBack;
  if (!host.excuses().database_lost) check_liveness(universe, host.durable(), played.violations);
  check_history(universe, host.durable(), played.violations, played.reached);
  played.ends = ends_of(universe);
  for (const auto& [who, end] : played.ends) trace.tell(fmt::format("applicant {}: {}", who, end));
  played.hash = trace.hash();
  played.events = trace.events() + host.doors_passed();
  played.faults = host.struck();
  for (std::size_t who = 0; who < universe.applied.size(); ++who) {
    if (universe.atss[universe.applied[who].ats]->hid_people) played.hidden.insert(who);
  }
  played.restored = host.excuses().restored;
  played.lost_database = host.excuses().database_lost;
  played.lines = trace.lines();
  return played;
}

Played play_and_compare(const Schedule& schedule, Lines lines) {
  Played played = play(schedule, lines);
  const Played calm = play(without_faults(schedule));
  for (const Violation& violation : calm.violations)
    played.violations.push_back({violation.invariant, "without faults: " + violation.what});
  for (const auto& [who, end] : calm.ends) {
    const auto here = played.ends.find(who);
    const std::string found = here == played.ends.end() ? "nothing" : here->second;
    // An enrollment that a lost database made can only be asked of a person; and where the API
    // sends a new invitation for one that has run out, only the lost database knew of the old one.
    const bool renewed =
        schedule.knob("renews_expired") != 0 && end.find(" expired") != std::string::npos;
    // When a stage counts as emptied depends on when it was listed.
    const bool told_late = schedule.knob("reinvite") != 0 && shares_address(schedule, who) &&
                           without_expiry_told(found) == without_expiry_told(end);
    const bool excused = told_late || played.hidden.contains(who) || played.held_back ||
                         calm.held_back || played.restored ||
                         (played.lost_database && (renewed || end.find("first ") == 0));
    if (found != end && !excused)
      played.violations.push_back(
          {"L9", fmt::format("applicant {}: {} instead of {}", who, found, end)});
  }
  return played;
}

bool is_small(const Played& played) {
  constexpr int kEventsWanted = 100, kFaultsWanted = 5;
  return played.events < kEventsWanted || played.faults < kFaultsWanted;
}

World play_world(std::uint64_t seed, Lines lines) {
  constexpr int kMostAttempts = 8;
  for (int attempts = 0;; ++attempts) {
    World world{generate(seed, attempts), {}};
    world.played = play_and_compare(world.schedule, lines);
    const bool broken = !world.played.violations.empty();
    if (broken || attempts == kMostAttempts || !is_small(world.played)) return world;
  }
}

}  // namespace praxisync::simulation
