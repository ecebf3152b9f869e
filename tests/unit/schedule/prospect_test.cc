#include "schedule/prospect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "unit/schedule/times.h"

namespace praxisync::schedule {
namespace {

using namespace std::chrono_literals;
using store::ScheduledRun;
using store::ScheduleRecord;
using testing::Optional;

/// A quarter-hourly schedule at 12:07 that has run at 12:00 and is known for long.
struct Situation {
  Plan plan{instance_schedule(), {}, {cron_in("UTC", "*/15 * * * *")}};
  Timestamp now = at("2026-11-22T12:07:00Z");
  Timestamp watched_since = at("2026-11-01");
  ScheduleRecord record{.since = at("2026-11-01"),
                        .last = ran("2026-11-22T12:00:00Z", "2026-11-22T12:01:00Z"),
                        .claimed = {stretch("2026-11-22T12:00:00Z")}};

  static ScheduledRun ran(std::string_view occurrence, std::string_view until) {
    return {at(occurrence), at(occurrence), at(until), 0};
  }
  static store::Stretch stretch(std::string_view occurrence) {
    return {at(occurrence), at(occurrence)};
  }
  std::optional<Prospect> next() const {
    return prospect(plan, record, {now, watched_since, "seed"});
  }
};

struct NextRunCase {
  std::string name;
  std::function<void(Situation&)> change;
  std::string want;  ///< the occurrence; empty: none
};
void PrintTo(const NextRunCase& row, std::ostream* out) { *out << row.name; }

class NextRun : public testing::TestWithParam<NextRunCase> {};

TEST_P(NextRun, IsTheOccurrenceThatTheRuleGives) {
  Situation situation;
  GetParam().change(situation);

  const std::optional<Prospect> next = situation.next();

  EXPECT_EQ(next ? format_timestamp(next->occurrence) : "", GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Table, NextRun,
    testing::Values(
        NextRunCase{"TheNext", [](Situation&) {}, "2026-11-22T12:15:00Z"},
        NextRunCase{"NoneWhilePaused", [](Situation& s) { s.record.paused = true; }, ""},
        NextRunCase{"TheOneThatHasCome", [](Situation& s) { s.now = at("2026-11-22T12:15:00Z"); },
                    "2026-11-22T12:15:00Z"},
        NextRunCase{"TheLatestOfManyThatWereMissed",
                    [](Situation& s) { s.now = at("2026-11-22T18:20:00Z"); },
                    "2026-11-22T18:15:00Z"},
        NextRunCase{"NoneFromBeforeItWasKnown",
                    [](Situation& s) { s.record = {.since = at("2026-11-22T12:05:00Z")}; },
                    "2026-11-22T12:15:00Z"},
        NextRunCase{"KnownSinceTheFutureSaysNothing",
                    [](Situation& s) { s.record = {.since = at("2040-01-01")}; },
                    "2026-11-22T12:00:00Z"},
        // Skipping.
        NextRunCase{"SkippedWhereNobodyWasThere",
                    [](Situation& s) {
                      s.plan.timing.missed = Missed::Skip;
                      s.now = s.watched_since = at("2026-11-22T18:20:00Z");
                    },
                    "2026-11-22T18:30:00Z"},
        NextRunCase{"NotSkippedWithinTheGrace",
                    [](Situation& s) {
                      s.plan.timing.missed = Missed::Skip;
                      s.now = s.watched_since = at("2026-11-22T18:16:00Z");
                    },
                    "2026-11-22T18:15:00Z"},
        NextRunCase{"NotSkippedWhereItOnlyHadToWait",
                    [](Situation& s) {
                      s.plan.timing.missed = Missed::Skip;
                      s.now = at("2026-11-22T12:29:00Z");
                    },
                    "2026-11-22T12:15:00Z"},
        NextRunCase{"SkippedWhereItsOwnRunWentOn",
                    [](Situation& s) {
                      s.plan.timing.missed = Missed::Skip;
                      s.now = at("2026-11-22T12:20:00Z");
                      s.record.last->finished_at = s.now;
                    },
                    "2026-11-22T12:30:00Z"},
        NextRunCase{"CaughtUpWhereItsOwnRunWentOn",
                    [](Situation& s) {
                      s.now = at("2026-11-22T12:20:00Z");
                      s.record.last->finished_at = s.now;
                    },
                    "2026-11-22T12:15:00Z"},
        NextRunCase{"SkippedWhilePaused",
                    [](Situation& s) {
                      s.plan.timing.missed = Missed::Skip;
                      s.now = at("2026-11-22T12:20:00Z");
                      s.record.resumed_at = s.now;
                    },
                    "2026-11-22T12:30:00Z"},
        NextRunCase{"AnEndInTheFutureSkipsNothing",
                    [](Situation& s) {
                      s.plan.timing.missed = Missed::Skip;
                      s.now = at("2026-11-22T12:15:00Z");
                      s.record.last->finished_at = at("2040-01-01");
                    },
                    "2026-11-22T12:15:00Z"},
        // Backing off.
        NextRunCase{"OneFailureWaitsForTheNext", [](Situation& s) { s.record.failures = 1; },
                    "2026-11-22T12:15:00Z"},
        NextRunCase{"TwoFailuresGiveUpOne", [](Situation& s) { s.record.failures = 2; },
                    "2026-11-22T12:30:00Z"},
        NextRunCase{"ThreeFailuresGiveUpThree", [](Situation& s) { s.record.failures = 3; },
                    "2026-11-22T13:00:00Z"},
        NextRunCase{"NeverMoreThanAnHour", [](Situation& s) { s.record.failures = 1'000'000; },
                    "2026-11-22T13:00:00Z"},
        NextRunCase{"NeverMoreThanItsOwnStep",
                    [](Situation& s) {
                      s.plan.timing.calendar = cron_in("UTC", "0 12 * * *");
                      s.record.failures = 9;
                    },
                    "2026-11-23T12:00:00Z"},
        NextRunCase{"OccurrencesInABackoffStayGivenUp",
                    [](Situation& s) {
                      s.now = at("2026-11-22T12:50:00Z");
                      s.record.failures = 3;
                    },
                    "2026-11-22T13:00:00Z"},
        NextRunCase{"OverAfterItsTime",
                    [](Situation& s) {
                      s.now = at("2026-11-22T13:00:00Z");
                      s.record.failures = 3;
                    },
                    "2026-11-22T13:00:00Z"},
        NextRunCase{"ABackoffFromTheFutureSaysNothing",
                    [](Situation& s) {
                      s.record.last = Situation::ran("2040-01-01", "2040-01-01");
                      s.record.failures = 9;
                    },
                    "2026-11-22T12:15:00Z"},
        // A clock that was set back.
        NextRunCase{"WhatWasClaimedIsNotRunAgain",
                    [](Situation& s) {
                      s.record.claimed = {{at("2026-11-22T12:00:00Z"), at("2026-11-22T15:00:00Z")},
                                          Situation::stretch("2026-11-22T15:15:00Z")};
                    },
                    "2026-11-22T15:30:00Z"},
        NextRunCase{"WhatWasNotClaimedRuns",
                    [](Situation& s) {
                      s.record.claimed = {Situation::stretch("2040-01-01")};
                      s.record.last = Situation::ran("2040-01-01", "2040-01-01");
                    },
                    "2026-11-22T12:00:00Z"}),
    [](const auto& row) { return row.param.name; });

TEST(Jitter, IsTheSameHoweverOftenItIsAsked) {
  Situation situation;
  situation.plan.timing.jitter = 2min;

  const Prospect before = situation.next().value();
  situation.now = before.begins_at;

  EXPECT_EQ(situation.next(), before);
}

TEST(Jitter, IsSpreadOverItsSpanAndNoFurther) {
  Situation situation;
  situation.plan.timing.jitter = 1min;
  Milliseconds least = 1h, most{0};
  for (int i = 0; i < 300; ++i) {
    const Prospect next = situation.next().value();
    least = std::min(least, next.begins_at - next.occurrence);
    most = std::max(most, next.begins_at - next.occurrence);
    situation.record.claimed = {{next.occurrence, next.occurrence}};
    situation.now = next.begins_at;
  }

  EXPECT_GE(least, 0ms);
  EXPECT_LT(least, 5s);
  EXPECT_GT(most, 55s);
  EXPECT_LE(most, 1min);
}

TEST(Jitter, LeavesTheNextOccurrenceItsTurn) {
  Situation situation;
  situation.plan.timing.jitter = 24h;
  for (int i = 0; i < 100; ++i) {
    const Prospect next = situation.next().value();
    EXPECT_LE(next.begins_at, next.occurrence + 7min + 30s);
    situation.now += 15min;
  }
}

TEST(Jitter, DiffersBetweenDatabasesAndSchedules) {
  Situation situation;
  situation.plan.timing.jitter = 5min;
  const Moment moment{situation.now, situation.watched_since, "another"};

  EXPECT_NE(prospect(situation.plan, situation.record, moment), situation.next());

  const std::optional<Prospect> before = situation.next();
  situation.plan.name = schedule_of(ConnectorName("gh"));
  EXPECT_NE(situation.next(), before);
}

}  // namespace
}  // namespace praxisync::schedule
