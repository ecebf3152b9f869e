/// A scenario on a disk of its own, played run by run; it can stop anywhere and go on from there as
/// a new process does.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "simulation/disk/fault_disk.h"
#include "simulation/disk/intent_gate.h"
#include "simulation/disk/scenarios.h"

namespace praxisync::testing_support {

/// All that happened outside, a line each: who was invited how often, which mails went out, what
/// was written.
using Ended = std::vector<std::string>;

class Play {
 public:
  explicit Play(const Scenario& scenario);

  /// To the end, from where it stopped; a crash comes through as SimulatedCrash.
  void go_on();
  /// A new process after a crash.
  void restart();

  Ended ended() const;
  /// What differs from the calm end; empty: nothing.
  std::string differs_from(const Ended& calm) const;
  /// The endings of all runs until now.
  const std::vector<sync::Ending>& endings() const { return endings_; }

  World& world() { return *world_; }
  FaultDisk& disk() { return disk_; }
  int effects() const { return gate_->passed(); }

  std::function<void()> before_run{};
  /// The run's ending is not among the endings yet.
  std::function<void(const sync::RunReport&)> after_run{};

 private:
  void run_until_settled();

  const Scenario& scenario_;
  FaultDisk disk_;
  std::unique_ptr<World> world_;
  std::unique_ptr<IntentGate> gate_;
  std::size_t act_ = 0;
  bool acted_ = false;
  std::optional<sync::Selection> plan_;
  std::vector<sync::Ending> endings_;
};

}  // namespace praxisync::testing_support
