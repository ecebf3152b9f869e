/// The story of `demo`, whichever ATS it is told with: a sync that is killed in the middle, then
/// one sync after the other while virtual days go by, and the books of both sides at the end.
/// Both sides live in this process behind sockets; each `praxisync sync` is one of its own.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "cli/app.h"
#include "cli/child.h"
#include "cli/demo_ats.h"
#include "sandbox/server.h"
#include "schedule/system_clock.h"
#include "store/store.h"

namespace praxisync::cli {

class DemoStory {
 public:
  /// `ats` is one of demo_ats_types().
  DemoStory(App& app, std::filesystem::path folder, const std::string& ats);

  /// Gives the exit code.
  int run();

 private:
  Result<void> prepare();
  Result<Child> start_sync();
  bool kill_one();
  bool live_until(int day);
  bool sync();
  int verdict();
  int requests();
  std::pair<int, int> contacted();
  std::int64_t still_open() const;

  App& app_;
  std::filesystem::path folder_;
  schedule::SystemClock system_;
  Timestamp started_;
  sandbox::DrivenClock clock_;
  sandbox::AssessSandbox assess_;
  sandbox::SandboxServer server_;
  std::unique_ptr<DemoAts> ats_;
  store::Backlog backlog_;
  int day_ = 0, runs_ = 0, used_ = 0, least_ = 0;
};

}  // namespace praxisync::cli
