#include "simulation/disk/sweep.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "domain/check.h"
#include "simulation/disk/memory_faults.h"

namespace praxisync::testing_support {
namespace {

/// Before main: whoever sweeps has SQLite as sweeps need it.
const bool kReady = [] {
  set_up_sqlite_for_sweeps();
  return true;
}();

}  // namespace

int stride(int slice) {
  const char* size = std::getenv("PRAXISYNC_SWEEP");
  if (size == nullptr) return slice;
  if (std::string_view(size) == "full") return 1;
  return std::max(1, slice / std::max(1, std::atoi(size)));
}

Calm play_calm(const Scenario& scenario) {
  PRAXISYNC_CHECK(kReady, "set up before main");
  Play play(scenario);
  play.go_on();
  int contacts = 0;
  for (const auto& made : {play.world().invitations(), play.world().enrollments()}) {
    for (const auto& [of, times] : made) contacts += times;
  }
  EXPECT_EQ(contacts, scenario.contacts);
  EXPECT_EQ(static_cast<int>(play.world().outcomes().size()), scenario.writes);
  return {play.ended(), play.endings()};
}

std::string untruth_of(const sync::RunReport& report, const Play& play, const Calm& calm) {
  const std::size_t run = play.endings().size();
  if (run < calm.endings.size() && report.ending == calm.endings[run]) return {};
  std::string told = "ended as " + std::string(to_string(report.ending));
  if (report.ending != sync::Ending::Failed) return told;
  const bool named = std::ranges::any_of(report.problems, [](const sync::Problem& problem) {
    return problem.what.find("database") != std::string::npos;
  });
  if (named) return {};
  for (const sync::Problem& problem : report.problems)
    told += "; " + problem.where + ": " + problem.what;
  return told;
}

}  // namespace praxisync::testing_support
