#include "serve/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/serve/inbox_fixture.h"
#include "unit/serve/played_service.h"

namespace praxisync::serve {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;
using testing_support::FakeClock;

constexpr Milliseconds kEvery = 15min;

class ServiceTest : public InboxTest {
 protected:
  ServiceTest() { start({}); }

  /// A new process over the same database and the same inbox.
  void start(ServicePolicy policy, Milliseconds every = kEvery,
             ScheduleName name = schedule::instance_schedule()) {
    const schedule::Calendar calendar(every, schedule::TimeZone::utc());
    scheduler.emplace(
        schedule::Scheduler::open(store.occurrences(),
                                  {{std::move(name), {ConnectorName("gh")}, {calendar}}}, "seed",
                                  clock.now())
            .value());
    service.emplace(*scheduler, restart(), runner, clock, std::move(policy));
  }

  void deliver(const std::string& source = "gh", const std::string& part = "") {
    ASSERT_THAT(keep(std::to_string(++delivered_), "", source, part), Gives(Kept::New));
    woken_ = true;
  }

  /// Steps as the daemon does: when the last step said, and at once where something was delivered.
  void play(Milliseconds span, const std::function<void()>& each_minute = {}) {
    const Timestamp until = clock.now() + span;
    Timestamp minute = clock.now();
    while (clock.now() < until) {
      if (each_minute && clock.now() >= minute) {
        each_minute();
        minute += 1min;
      }
      Timestamp wake_at = service->step();
      if (each_minute) wake_at = std::min(wake_at, minute);
      if (!std::exchange(woken_, false)) clock.sleep_until(std::min(wake_at, until));
    }
  }

  std::vector<Timestamp> begun(std::string_view why) const {
    std::vector<Timestamp> all;
    for (const PlayedRunner::Run& run : runner.runs)
      if (run.why == why) all.push_back(run.at);
    return all;
  }
  store::ScheduleRecord record() {
    return store.occurrences().find(schedule::instance_schedule(), clock.now()).value().value();
  }

  FakeClock clock{Timestamp{Milliseconds{1'767'600'000'000}} + 5min};  // 08:05
  store::Store store = store::Store::scratch().value();
  PlayedLease lease;
  PlayedRunner runner{clock, lease};
  std::optional<schedule::Scheduler> scheduler;
  std::optional<Service> service;
  const Timestamp first = clock.now() + 10min;

 private:
  int delivered_ = 0;
  bool woken_ = false;
};

TEST_F(ServiceTest, ADueRunIsClaimedRunAndFinished) {
  runner.takes = 20s;

  play(16min);

  EXPECT_THAT(begun("schedule instance"), ElementsAre(first));
  EXPECT_EQ(record().last, (store::ScheduledRun{first, first, first + 20s, 0}));
  EXPECT_EQ(service->next_run(), first + kEvery);
}

TEST_F(ServiceTest, AnOccurrenceThatAnotherInstanceTookIsNotRun) {
  runner.before_begin = [&] {
    EXPECT_EQ(store.occurrences().claim(schedule::instance_schedule(), first, clock.now()).value(),
              store::Claim::Ours);
  };

  play(20min);
  EXPECT_THAT(runner.runs, IsEmpty());

  runner.before_begin = {};
  play(15min);
  EXPECT_THAT(begun("schedule instance"), ElementsAre(first + kEvery));
  EXPECT_THAT(runner.warnings, IsEmpty());
}

TEST_F(ServiceTest, WaitsWhileAnotherHoldsTheLease) {
  lease.held = true;

  play(20min);
  EXPECT_THAT(runner.runs, IsEmpty());
  EXPECT_LE(runner.turned_away, 11) << "it tries once a minute";
  EXPECT_FALSE(record().last) << "nothing is claimed that does not begin";

  lease.held = false;
  play(2min);
  EXPECT_THAT(runner.runs, ElementsAre(Field(&PlayedRunner::Run::occurrence, first)));
  EXPECT_THAT(runner.warnings, IsEmpty());
}

TEST_F(ServiceTest, ARunThatCannotBeginIsToldAndTriedAgain) {
  runner.cannot = Error{ErrorKind::Fatal, "the disk is full"};
  play(18min);
  EXPECT_THAT(runner.warnings, SizeIs(testing::AllOf(testing::Ge(7U), testing::Le(9U))));

  runner.cannot.reset();
  play(2min);

  EXPECT_THAT(begun("schedule instance"), SizeIs(1));
}

TEST_F(ServiceTest, AWebhookBeginsARunAtOnceThatLooksWhereItPoints) {
  play(3min);
  deliver("assess", "senior-backend-screen");
  const Timestamp arrived = clock.now();

  play(1min);

  ASSERT_THAT(begun("webhooks"), ElementsAre(arrived));
  EXPECT_THAT(runner.runs[0].scope.connectors, IsEmpty());
  EXPECT_THAT(runner.runs[0].scope.assessments,
              ElementsAre(AssessmentSlug("senior-backend-screen")));
  EXPECT_FALSE(runner.runs[0].scope.every_assessment);
  EXPECT_THAT(waiting(), IsEmpty());
  EXPECT_FALSE(record().last) << "the schedule's own runs stay as they are";
}

TEST_F(ServiceTest, AFloodBeginsNoMoreThanOneRunInTenSeconds) {
  const Timestamp from = clock.now();
  for (int i = 0; i < 600; ++i) {
    deliver();
    clock.sleep_until(std::max(from + i * 100ms, clock.now()));
    service->step();
  }
  play(11s);

  const std::vector<Timestamp> at = begun("webhooks");
  EXPECT_THAT(at, SizeIs(testing::AllOf(testing::Ge(6U), testing::Le(8U))));
  for (std::size_t i = 1; i < at.size(); ++i) EXPECT_GE(at[i] - at[i - 1], 10s);
  EXPECT_THAT(waiting(), IsEmpty());
}

TEST_F(ServiceTest, WhatComesDuringARunIsLookedAtByTheNext) {
  deliver();
  runner.meanwhile = [&] {
    runner.meanwhile = {};
    deliver("lever");
  };

  play(30s);

  ASSERT_THAT(runner.runs, SizeIs(2));
  EXPECT_THAT(runner.runs[0].scope.connectors, ElementsAre(ConnectorName("gh")));
  EXPECT_THAT(runner.runs[1].scope.connectors, ElementsAre(ConnectorName("lever")));
}

TEST_F(ServiceTest, ARunThatCouldNotReadKeepsTheHintsAndPausesLongerEachTime) {
  start({}, 24h);
  runner.reads_all = false;
  deliver();

  play(6h);

  const std::vector<Timestamp> at = begun("webhooks");
  ASSERT_THAT(at, SizeIs(testing::Ge(9U)));
  EXPECT_EQ(at[1] - at[0], 1min);
  for (std::size_t i = 1; i + 1 < at.size(); ++i)
    EXPECT_EQ(at[i + 1] - at[i], std::min<Milliseconds>(2 * (at[i] - at[i - 1]), 1h));
  EXPECT_THAT(waiting(), SizeIs(1));

  runner.reads_all = true;
  play(61min);
  EXPECT_THAT(waiting(), IsEmpty());
  deliver();
  const Timestamp arrived = clock.now();
  play(1min);
  EXPECT_EQ(runner.runs.back().at, std::max(arrived, runner.runs.rbegin()[1].at + 10s));
}

TEST_F(ServiceTest, ARestartLooksAtWhatWaits) {
  deliver();
  start({});

  service->step();

  EXPECT_THAT(begun("webhooks"), ElementsAre(clock.now()));
}

TEST_F(ServiceTest, WebhooksThatFindTheLeaseHeldAreLookedAtSoonAfterwards) {
  start({}, 24h);
  lease.held = true;
  deliver();
  play(20min);
  EXPECT_THAT(waiting(), SizeIs(1));

  lease.held = false;
  const Timestamp freed = clock.now();
  play(11s);

  ASSERT_THAT(begun("webhooks"), SizeIs(1)) << "another's run is no failure of ours";
  EXPECT_LE(runner.runs[0].at - freed, 10s);
  EXPECT_THAT(runner.warnings, IsEmpty());
}

TEST_F(ServiceTest, RunsThatFollowEachOtherLeaveWebhooksATurn) {
  start({}, 1min);
  runner.takes = 90s;
  play(5min);
  deliver();
  const Timestamp arrived = clock.now();

  play(10min);

  ASSERT_THAT(begun("webhooks"), SizeIs(1));
  EXPECT_LE(begun("webhooks")[0] - arrived, 2 * runner.takes);
  EXPECT_GE(begun("schedule instance").size(), 8U);
}

class LeftOutPolls : public ServiceTest {
 protected:
  LeftOutPolls() { start({.polls_apart = 1h, .sides = {"assess", "gh"}}); }
  std::size_t polls_of(Milliseconds span, const std::function<void()>& each_minute) {
    const std::size_t before = begun("schedule instance").size();
    play(span, each_minute);
    return begun("schedule instance").size() - before;
  }
};

TEST_F(LeftOutPolls, WhileAllSidesDeliver) {
  const auto both = [&] {
    deliver("gh");
    deliver("assess");
  };
  polls_of(15min, both);

  EXPECT_EQ(polls_of(4h, both), 4U) << "one an hour";
  EXPECT_EQ(record().last->exit_code, 0) << "what is left out is claimed all the same";
  EXPECT_GT(begun("webhooks").size(), 200U);
}

TEST_F(LeftOutPolls, ComeBackWhenOneSideFallsSilent) {
  const auto both = [&] {
    deliver("gh");
    deliver("assess");
  };
  polls_of(2h, both);

  const std::size_t polls = polls_of(4h, [&] { deliver("gh"); });

  EXPECT_GE(polls, 12U) << "after an hour of silence each comes as planned";
  EXPECT_LE(polls, 14U);
}

TEST_F(LeftOutPolls, AreNotLeftOutAfterARunThatCouldNotReadEverything) {
  const auto both = [&] {
    deliver("gh");
    deliver("assess");
  };
  runner.reads_all = false;

  EXPECT_EQ(polls_of(2h, both), 8U);
}

TEST_F(LeftOutPolls, OfAConnectorsOwnScheduleComeAsPlanned) {
  start({.polls_apart = 1h, .sides = {"assess"}}, kEvery,
        schedule::schedule_of(ConnectorName("gh")));
  const auto before = runner.runs.size();
  play(2h, [&] { deliver("assess"); });

  EXPECT_GT(runner.runs.size(), before);
  EXPECT_THAT(begun("schedule connector:gh"), SizeIs(testing::Ge(7U)));
}

}  // namespace
}  // namespace praxisync::serve
