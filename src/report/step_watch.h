/// How long each step of a run took: an Observer that passes everything on to another.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/clock.h"
#include "sync/observer.h"

namespace praxisync::report {

struct StepTime {
  std::string name;  ///< "pull gh"
  Milliseconds took{};
  int times = 1;  ///< how often the step began
};

/// Steps beyond this many names count as one, "others".
inline constexpr std::size_t kMostSteps = 200;

class StepWatch final : public sync::Observer {
 public:
  StepWatch(sync::Observer& next, const Clock& clock) : next_(next), clock_(clock) {}

  void begun(RunKey run, Timestamp at) override { next_.begun(run, at); }
  void ended(const sync::RunReport& report) override;
  void step(std::string_view name) override;
  void progress(std::int64_t done, std::optional<std::int64_t> total) override {
    next_.progress(done, total);
  }
  void note(sync::Severity severity, const std::string& text) override {
    next_.note(severity, text);
  }

  /// In the order in which they first began.
  const std::vector<StepTime>& times() const { return times_; }

 private:
  void close();

  sync::Observer& next_;
  const Clock& clock_;
  std::vector<StepTime> times_;
  std::optional<std::size_t> open_;
  Milliseconds opened_at_{};
};

}  // namespace praxisync::report
