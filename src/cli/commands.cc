#include <algorithm>
#include <iterator>

#include "cli/app.h"
#include "cli/fleet.h"

namespace praxisync::cli {

namespace {

std::vector<Command> make_commands() {
  std::vector<Command> all{init_command(),
                           for_fleets(sync_command(), Fleet::ByAll),
                           for_fleets(plan_command(), Fleet::ByFolder),
                           serve_command(),
                           for_fleets(status_command(), Fleet::ByAll),
                           runs_command(),
                           explain_command(),
                           for_fleets(doctor_command(), Fleet::ByAll),
                           health_command()};
  for (const auto group :
       {schedule_commands, assessments_commands, invites_commands, results_commands, cases_commands,
        pipelines_commands, webhooks_commands, org_commands}) {
    std::ranges::copy(group(), std::back_inserter(all));
  }
  all.push_back(connectors_command());
  all.push_back(sandbox_command());
  all.push_back(demo_command());
  all.push_back(completions_command());
  all.push_back(man_command());
  return all;
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> all = make_commands();
  return all;
}

std::vector<CommandSpec> command_specs() {
  std::vector<CommandSpec> specs;
  std::ranges::transform(commands(), std::back_inserter(specs), &Command::spec);
  return specs;
}

const std::vector<ExitMeaning>& sync_exit_codes() {
  static const std::vector<ExitMeaning> all{
      {kDone, "all done"},
      {kFailed, "unexpected failure; the next run goes on"},
      {kUsage, "usage or configuration"},
      {kRecords,
       "done, with records that failed or were blocked for the first time, or planned actions "
       "dropped"},
      {kStopped,
       "stopped in order with work left (limit, quota, deadline, signal): the next run goes on"},
      {kUnauthorized, "credentials refused"},
      {kLeaseHeld, "another run holds the lease"},
      {kHeld, "held by a safety limit until confirmed (--confirm N)"}};
  return all;
}

std::vector<ExitMeaning> exit_codes(const std::vector<int>& codes) {
  std::vector<ExitMeaning> chosen;
  for (const ExitMeaning& meaning : sync_exit_codes()) {
    for (const int code : codes) {
      if (meaning.code == code) chosen.push_back(meaning);
    }
  }
  return chosen;
}

}  // namespace praxisync::cli
