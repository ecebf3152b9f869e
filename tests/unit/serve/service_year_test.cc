// A year of two instances over one database and one inbox: they run on schedule, get webhooks, find
// each other at work, die in the middle of runs and come back. The time is virtual.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <set>

#include "domain/random.h"
#include "support/result_matchers.h"
#include "support/scratch_folder.h"
#include "unit/serve/played_service.h"

namespace praxisync::serve {
namespace {

using namespace std::chrono_literals;

const Timestamp kFrom = parse_timestamp("2026-01-01T00:00:00Z").value();
const Timestamp kUntil = parse_timestamp("2027-01-01T00:00:00Z").value();
constexpr Milliseconds kStep = 3h, kLongestRun = 10min, kLongestAbsence = 20min;

/// What a run throws whose process dies.
struct Killed {};

class ServiceYear : public testing::Test {
 protected:
  struct Instance {
    Instance(testing_support::FakeClock& clock, PlayedLease& lease) : runner(clock, lease) {}
    void die() {
      service.reset();
      scheduler.reset();
      inbox.reset();
      store.reset();
    }

    PlayedRunner runner;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<Inbox> inbox;
    std::optional<schedule::Scheduler> scheduler;
    std::optional<Service> service;
    Timestamp next_at = kFrom;
  };

  ServiceYear() {
    for (Instance& instance : instances)
      instance.runner.meanwhile = [&] { within_a_run(instance); };
  }

  Milliseconds up_to(Milliseconds most) {
    return Milliseconds{
        static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(most.count())))};
  }

  void start(Instance& instance) {
    instance.store =
        std::make_unique<store::Store>(store::Store::in_memory("service-year").value());
    instance.inbox = Inbox::open(folder / "inbox").value();
    const schedule::Calendar calendar(kStep, schedule::TimeZone::utc());
    // Sleeps longer than in life, for the sake of the test's own time.
    instance.scheduler.emplace(
        schedule::Scheduler::open(
            instance.store->occurrences(),
            {{schedule::instance_schedule(), {ConnectorName("gh")}, {calendar}}}, "seed",
            clock.now(), 2h)
            .value());
    instance.service.emplace(*instance.scheduler, *instance.inbox, instance.runner, clock,
                             ServicePolicy{});
  }

  /// The other instance goes on meanwhile, and now and then the process dies.
  void within_a_run(Instance& instance) {
    Instance& other = &instance == &instances[0] ? instances[1] : instances[0];
    instance.runner.takes = up_to(kLongestRun);
    clock.advance(instance.runner.takes / 2);
    if (other.service && random.below(2) == 0) {
      const std::size_t before = other.runner.runs.size();
      other.next_at = other.service->step();
      EXPECT_EQ(other.runner.runs.size(), before) << "two runs at once";
    }
    if (random.below(100) == 0) throw Killed{};
  }

  void step(Instance& instance) {
    if (!instance.service) start(instance);
    try {
      instance.next_at = std::max(instance.service->step(), clock.now() + 1ms);
    } catch (const Killed&) {
      ++kills;
      instance.die();
      instance.next_at = clock.now() + up_to(kLongestAbsence);
    }
  }

  /// The sender tries again until somebody takes it.
  bool deliver() {
    for (Instance& instance : instances) {
      if (!instance.inbox) continue;
      const std::string body = std::to_string(delivered);
      EXPECT_EQ(instance.inbox->keep({"gh", "hired", "", body, ""}, clock.now()).value(),
                Kept::New);
      instance.next_at = std::min(instance.next_at, clock.now());
      waits_since = std::min(waits_since, clock.now());
      ++delivered;
      return true;
    }
    return false;
  }

  /// How long the oldest delivery has waited until now, when nobody waits any more.
  void note_waiting() {
    if (waits_since == Timestamp::max()) return;
    const Result<Taken> taken = reader->take();
    ASSERT_TRUE(taken.has_value());
    longest_wait = std::max(longest_wait, clock.now() - waits_since);
    if (taken->upto == 0) waits_since = Timestamp::max();
  }

  testing_support::ScratchFolder folder = testing_support::ScratchFolder::in_memory();
  testing_support::FakeClock clock{kFrom};
  SeededRandom random{1};
  store::Store keeper = store::Store::in_memory("service-year").value();
  std::unique_ptr<Inbox> reader = Inbox::open(folder / "inbox").value();
  PlayedLease lease;
  std::array<Instance, 2> instances{{{clock, lease}, {clock, lease}}};
  Timestamp waits_since = Timestamp::max();
  Milliseconds longest_wait{0};
  int delivered = 0, kills = 0;
};

TEST_F(ServiceYear, NothingRunsTwiceAndNoWebhookIsLost) {
  Timestamp next_delivery = kFrom;
  while (clock.now() < kUntil) {
    Instance& instance = instances[instances[0].next_at <= instances[1].next_at ? 0 : 1];
    clock.sleep_until(std::min(instance.next_at, next_delivery));
    if (clock.now() >= next_delivery)
      next_delivery = clock.now() + (deliver() ? up_to(6h) : Milliseconds{1min});
    if (clock.now() >= instance.next_at) step(instance);
    note_waiting();
  }

  std::set<Timestamp> occurrences;
  int webhook_runs = 0;
  for (const Instance& instance : instances) {
    EXPECT_GT(instance.runner.runs.size(), 100U) << "both take part";
    EXPECT_GT(instance.runner.turned_away, 10);
    EXPECT_THAT(instance.runner.warnings, testing::IsEmpty());
    for (const PlayedRunner::Run& run : instance.runner.runs) {
      if (!run.occurrence) ++webhook_runs;
      if (run.occurrence) {
        EXPECT_TRUE(occurrences.insert(*run.occurrence).second)
            << "twice: " << format_timestamp(*run.occurrence);
      }
    }
  }
  EXPECT_GT(kills, 50);
  EXPECT_GT(delivered, 2000);
  EXPECT_GE(webhook_runs, delivered / 2) << "those that come together share one";
  EXPECT_LE(webhook_runs, delivered + kills);
  EXPECT_GE(occurrences.size(), static_cast<std::size_t>((kUntil - kFrom) / kStep - kills));
  EXPECT_LE(longest_wait, 2 * kLongestRun + kLongestAbsence + kLongestRun);
}

}  // namespace
}  // namespace praxisync::serve
