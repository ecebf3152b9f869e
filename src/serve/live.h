/// What runs now, as the engine tells it and the page shows it. An Observer before another, which
/// is told everything too. The engine's thread writes, any thread reads; nobody waits for longer
/// than a copy takes. It is kept in memory alone: after a restart nothing has run yet.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "domain/clock.h"
#include "sync/observer.h"
#include "sync/run_report.h"

namespace praxisync::serve {

struct LiveRun {
  RunKey run{};
  Timestamp since;
  std::string step;      ///< empty before the first one
  Timestamp step_since;  ///< of the run, before the first step
  std::int64_t done = 0;
  std::optional<std::int64_t> total{};  ///< where it is known; no less than `done`
  Timestamp heard_at;                   ///< when the engine last told anything
};

struct EndedRun {
  RunKey run{};  ///< 0: it could not begin
  Timestamp at;
  sync::Ending how = sync::Ending::Done;
};

/// All of it at one moment.
struct LivePicture {
  std::optional<LiveRun> running;
  std::optional<EndedRun> ended;        ///< the last one of this process
  std::optional<Timestamp> next_run{};  ///< nullopt: not known
};

class Live final : public sync::Observer {
 public:
  /// Borrows both; the clock is asked on the engine's thread alone.
  Live(sync::Observer& next, const Clock& clock) : next_(next), clock_(clock) {}

  void begun(RunKey run, Timestamp at) override;
  void ended(const sync::RunReport& report) override;
  void step(std::string_view name) override;
  void progress(std::int64_t done, std::optional<std::int64_t> total) override;
  void note(sync::Severity severity, const std::string& text) override;

  /// When the schedule has the next run begin; nullopt: it has none.
  void expect_next(std::optional<Timestamp> at);

  LivePicture picture() const;

 private:
  sync::Observer& next_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  LivePicture picture_;
};

}  // namespace praxisync::serve
