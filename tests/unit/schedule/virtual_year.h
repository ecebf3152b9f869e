/// A year of two instances that share one database: they sleep, run, die and come back, and
/// somebody sets their clock. Drawn from a seed; the time is virtual.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "domain/random.h"
#include "schedule/scheduler.h"
#include "store/store.h"

namespace praxisync::schedule {

struct Troubles {
  std::uint64_t kills = 0;  ///< one look in so many ends its process; 0: none
  std::uint64_t jumps = 0;  ///< one look in so many finds the clock set; 0: none
  Milliseconds longest_run{std::chrono::minutes{1}};
};

class VirtualYear {
 public:
  VirtualYear(std::vector<Plan> plans, std::uint64_t seed, Troubles troubles)
      : plans_(std::move(plans)), random_(seed), troubles_(troubles) {}

  /// Claims of each schedule, in the order of their beginning, by the clock of the wall.
  std::map<ScheduleName, std::vector<Timestamp>> begun;
  /// The same in the time that really passed.
  std::map<ScheduleName, std::vector<Timestamp>> begun_really;
  int kills = 0, jumps = 0, taken = 0;

  /// `check(instance's look, now)` is called whenever nothing is due and nobody runs.
  template <typename Check>
  void play(Timestamp from, Timestamp until, Check check) {
    for (Instance& instance : instances_) instance.next_at = from;
    while (true) {
      Instance& instance = instances_[instances_[0].next_at <= instances_[1].next_at ? 0 : 1];
      real_ = std::max(real_, instance.next_at);
      if (real_ >= until) return;
      step(instance, check);
    }
  }

  Timestamp wall() const { return real_ + ahead_; }
  bool clock_is_right() const { return ahead_ == Milliseconds{0}; }
  store::ScheduleRecord record(const Plan& plan) {
    return keeper_.occurrences()
        .find(plan.name, wall() - std::chrono::hours{24 * 3})
        .value()
        .value();
  }

 private:
  struct Instance {
    std::unique_ptr<store::Store> store;
    std::optional<Scheduler> scheduler;
    std::optional<Due> running;
    Timestamp next_at{};  ///< in the time that really passes
  };

  static std::string fresh_name() {
    static int number = 0;
    return "virtual-year-" + std::to_string(++number);
  }
  Milliseconds up_to(Milliseconds most) {
    return Milliseconds{
        static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(most.count())))};
  }
  bool one_in(std::uint64_t number) { return number != 0 && random_.below(number) == 0; }

  template <typename Check>
  void step(Instance& instance, Check check) {
    if (!instance.scheduler) start(instance);
    if (one_in(troubles_.jumps)) set_clock();
    if (one_in(troubles_.kills)) return kill(instance);
    if (instance.running) return finish(instance);
    const Look look = instance.scheduler->look(wall()).value();
    const Milliseconds sleep = std::max(look.wake_at - wall(), Milliseconds{1});
    instance.next_at = real_ + sleep;
    if (!look.due) {
      if (!lease_) check();
    } else if (!lease_) {
      begin(instance, *look.due);
    }
  }

  void start(Instance& instance) {
    instance.store = std::make_unique<store::Store>(store::Store::in_memory(name_).value());
    // Sleeps longer than in life, for the sake of the test's own time.
    instance.scheduler.emplace(Scheduler::open(instance.store->occurrences(), plans_, "seed",
                                               wall(), std::chrono::hours{2})
                                   .value());
  }

  void begin(Instance& instance, const Due& due) {
    if (instance.scheduler->begin(due, wall()).value() == store::Claim::Taken) {
      ++taken;
      instance.next_at = real_;
      return;
    }
    EXPECT_TRUE(keys_.emplace(due.schedule, due.occurrence).second)
        << due.schedule.text() << " twice at " << format_timestamp(due.occurrence);
    begun[due.schedule].push_back(due.occurrence);
    begun_really[due.schedule].push_back(real_);
    instance.running = due;
    lease_ = true;
    instance.next_at = real_ + up_to(troubles_.longest_run);
  }

  void finish(Instance& instance) {
    EXPECT_TRUE(instance.scheduler->finish(*instance.running, 0, wall()).has_value());
    instance.running.reset();
    instance.next_at = real_;
    lease_ = false;
  }

  void kill(Instance& instance) {
    ++kills;
    if (instance.running) lease_ = false;
    instance.running.reset();
    instance.scheduler.reset();
    instance.store.reset();
    instance.next_at = real_ + up_to(std::chrono::hours{6});
  }

  /// By minutes, hours or years, of either sign; every other time it is put right.
  void set_clock() {
    static constexpr std::array<Milliseconds, 3> kSpans{
        std::chrono::minutes{90}, std::chrono::hours{40}, std::chrono::hours{24 * 365 * 12}};
    ++jumps;
    if (!clock_is_right()) {
      ahead_ = Milliseconds{0};
      return;
    }
    const Milliseconds span = up_to(kSpans[random_.below(3)]);
    ahead_ = random_.below(2) == 0 ? span : -span;
  }

  std::vector<Plan> plans_;
  SeededRandom random_;
  Troubles troubles_;
  std::string name_ = fresh_name();
  store::Store keeper_ = store::Store::in_memory(name_).value();
  std::array<Instance, 2> instances_;
  std::set<std::pair<ScheduleName, Timestamp>> keys_;
  Timestamp real_{};
  Milliseconds ahead_{0};
  bool lease_ = false;
};

}  // namespace praxisync::schedule
