/// The machine that praxisync runs on: its database, its clock, and the runs that are made there. A
/// crash loses all but what was committed.
#pragma once

#include <deque>
#include <optional>

#include "simulation/hook_wire.h"
#include "simulation/safety.h"
#include "simulation/timetable.h"
#include "simulation/wire.h"
#include "support/crash.h"

namespace praxisync::simulation {

class Host {
 public:
  Host(Universe& universe, Trace& trace, Reached& reached, Violations& found);

  /// One run, and where it crashes the next ones, until one comes to its end; before it, one for
  /// the hints that wait.
  sync::RunReport run();
  void plan();
  void restart() { process_ends(); }
  /// Time goes by, and what is on its way arrives in it.
  void wait_until(Timestamp at);
  /// Somebody has done something in that ATS, which may tell of it.
  void hear_of(const Ats& ats, Act act);
  /// A fault, for the next run or at once.
  void strike(const Step& step);
  /// No fault any more, and a person who confirms whatever is held.
  void heal();

  store::Store& durable();
  int struck() const { return struck_ + wire_.struck() + (hooks_ ? hooks_->struck() : 0); }
  int doors_passed() const { return doors_.passed(); }
  /// Requests and ATS calls that the last run made to write.
  int writes() const { return writes_; }
  const Excuses& excuses() const { return excuses_; }

 private:
  enum class Instance { First, Second };
  /// A run that looks where webhooks say that there is something, as `serve` makes one.
  void follow_hints();
  void receive();
  /// `scope`: where it looks for news; nullptr: everywhere.
  sync::RunReport run_to_its_end(const sync::Scope* scope);
  std::optional<sync::RunReport> attempt(const sync::Scope* scope);
  sync::RunReport work(store::Store& store, Instance instance, const sync::Scope* scope,
                       std::function<void()> door);
  void run_second();
  /// Until the schedule has a run due, where the world has one.
  void wait_for_turn();
  void process_ends();
  void befall_next_run(const Step& step);
  void become(store::Store& like);
  bool is_bound();
  void land_writes();
  void reach(Act act);
  store::RequestLimits limits() const;

  Universe& universe_;
  Trace& trace_;
  Reached& reached_;
  Violations& found_;
  Excuses excuses_;
  Safety safety_;
  Wire wire_;
  std::optional<HookWire> hooks_;       ///< where the world has webhooks
  std::optional<Timetable> timetable_;  ///< where `serve` begins the runs
  testing_support::Doors doors_;
  struct Connections;
  static Connections& connections();
  Connections& database_;
  bool alive_ = false;  ///< whether a process has the database open
  std::optional<store::Store> backup_;
  int runs_ = 0, struck_ = 0, writes_ = 0;
  std::deque<int> crashes_;
  std::optional<int> signal_;
  std::atomic<bool> signalled_{false};
  std::optional<int> confirmed_;
  bool foreign_ = false;  ///< the next run has the key of another organisation
};

}  // namespace praxisync::simulation
