/// The loop of `serve`, on the one thread that runs the engine: what the schedule has due, and
/// where webhooks say that there is news. It neither sleeps nor runs anything by itself, so that
/// tests play months of it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/clock.h"
#include "schedule/scheduler.h"
#include "serve/hints.h"
#include "serve/inbox.h"
#include "serve/polls.h"
#include "sync/run_report.h"
#include "sync/scope.h"

namespace praxisync::serve {

/// What a run is for.
struct Work {
  std::string why;                     ///< "schedule instance", "webhooks"
  std::optional<schedule::Due> due{};  ///< for its connectors alone
  const sync::Scope* scope = nullptr;  ///< where to look; nullptr: everywhere
};

/// What the service asks of the program around it.
class Runner {
 public:
  virtual ~Runner() = default;
  /// One run with the lease held from before `begin`, which may refuse, until after `end`.
  /// Exhausted: another process holds the lease. nullopt: `begin` refused.
  virtual Result<std::optional<sync::RunReport>> run(
      const Work& work, const std::function<Result<bool>()>& begin,
      const std::function<Result<void>(const sync::RunReport&)>& end) = 0;
  /// Something that a person should know, once for each time that it happens.
  virtual void warn(const std::string& text) = 0;
};

struct ServicePolicy {
  Milliseconds polls_apart{};  ///< see Polls
  /// Webhooks begin a run at most so often: a flood must not use up the hour's requests.
  Milliseconds hints_apart = std::chrono::seconds{10};
  /// Whom the instance's schedule asks: "assess", and each connector that has no schedule of its
  /// own.
  std::vector<std::string> sides{};
};

class Service {
 public:
  /// Borrows all of them.
  Service(schedule::Scheduler& scheduler, Inbox& inbox, Runner& runner, const Clock& clock,
          ServicePolicy policy);

  /// Does one thing that is due, or nothing; gives the time at which to call it again, or sooner
  /// when a webhook arrives.
  Timestamp step();
  /// When the schedule has the next run begin, as the last step saw it.
  std::optional<Timestamp> next_run() const { return next_run_; }

 private:
  Timestamp run_due(const schedule::Due& due, Timestamp wake_at);
  Timestamp follow_hints(Timestamp wake_at);
  Polls polls() const;
  Timestamp failed(const Error& error);

  schedule::Scheduler& scheduler_;
  Inbox& inbox_;
  Runner& runner_;
  const Clock& clock_;
  ServicePolicy policy_;
  std::map<std::string, Timestamp> delivered_;  ///< by side
  std::optional<Timestamp> last_complete_;
  Timestamp hints_from_{};  ///< the next run for webhooks
  std::optional<Timestamp> next_run_;
  bool ran_due_ = false;  ///< in the last step: webhooks have the next turn
  int fruitless_ = 0;     ///< runs for webhooks in a row that did not read what they should
};

}  // namespace praxisync::serve
