/// The service as tests play it: the real scheduler and the real inbox, in a time that moves when
/// the test says so, and runs that do what the test wants.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "serve/service.h"
#include "store/store.h"
#include "support/fake_clock.h"

namespace praxisync::serve {

/// One lease for all runners that share it.
struct PlayedLease {
  bool held = false;
};

/// Each run is a claim, some time, and a report.
class PlayedRunner final : public Runner {
 public:
  struct Run {
    std::string why;
    std::optional<Timestamp> occurrence;
    Timestamp at;
    sync::Scope scope;
    friend void PrintTo(const Run& run, std::ostream* out) {
      *out << run.why << " at " << format_timestamp(run.at);
    }
  };

  PlayedRunner(testing_support::FakeClock& clock, PlayedLease& lease)
      : clock_(clock), lease_(lease) {}

  Result<std::optional<sync::RunReport>> run(
      const Work& work, const std::function<Result<bool>()>& begin,
      const std::function<Result<void>(const sync::RunReport&)>& end) override {
    if (cannot) return *cannot;
    if (lease_.held) {
      ++turned_away;
      return Error{ErrorKind::Exhausted, "another run holds the lease"};
    }
    const Held held(lease_);
    if (before_begin) before_begin();
    const Result<bool> begun = begin();
    if (!begun) return begun.error();
    if (!*begun) return std::optional<sync::RunReport>();
    runs.push_back({work.why, work.due ? std::optional(work.due->occurrence) : std::nullopt,
                    clock_.now(), work.scope != nullptr ? *work.scope : sync::Scope{}});
    if (meanwhile) meanwhile();
    clock_.advance(takes);
    sync::RunReport report;
    report.evidence.all_expected = true;
    report.evidence.expect("pull gh");
    if (reads_all) report.evidence.read("pull gh");
    if (const Result<void> ended = end(report); !ended) return ended.error();
    return std::optional(report);
  }
  void warn(const std::string& text) override { warnings.push_back(text); }

  std::vector<Run> runs;
  std::vector<std::string> warnings;
  int turned_away = 0;
  Milliseconds takes{0};
  bool reads_all = true;
  std::optional<Error> cannot;
  /// With the lease held: before the claim, and within the run. What they throw ends the process.
  std::function<void()> before_begin, meanwhile;

 private:
  struct Held {
    explicit Held(PlayedLease& lease) : lease_(lease) { lease_.held = true; }
    ~Held() { lease_.held = false; }
    PlayedLease& lease_;
  };

  testing_support::FakeClock& clock_;
  PlayedLease& lease_;
};

}  // namespace praxisync::serve
