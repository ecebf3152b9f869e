#include "cli/app.h"

namespace praxisync::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> all{sync_command(),    plan_command(),    status_command(),
                                        runs_command(),    explain_command(), doctor_command(),
                                        sandbox_command(), demo_command()};
  return all;
}

const std::vector<ExitMeaning>& sync_exit_codes() {
  static const std::vector<ExitMeaning> all{
      {kDone, "all done"},
      {kFailed, "unexpected failure; the next run goes on"},
      {kUsage, "usage or configuration"},
      {kRecords, "done, with records that failed or were blocked for the first time"},
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
