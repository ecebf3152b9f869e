#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::ElementsAre;

const ScheduleName kNightly("instance");

class OccurrencesTest : public StoreTest {
 protected:
  void SetUp() override { ASSERT_THAT(occurrences().meet(kNightly, "0 2 * * *", kNow), IsOk()); }

  Occurrences& occurrences() { return store.occurrences(); }
  Claim claim(Timestamp occurrence, Timestamp now = kNow) {
    return occurrences().claim(kNightly, occurrence, now).value();
  }
  void finish(Timestamp occurrence, RunEnd end, int exit_code = 0) {
    EXPECT_THAT(occurrences().finish(kNightly, occurrence, exit_code, end, occurrence + 1min),
                IsOk());
  }
  ScheduleRecord record(Timestamp from = kNow - 400 * kDay) {
    return occurrences().find(kNightly, from).value().value();
  }
};

TEST_F(OccurrencesTest, AnOccurrenceIsClaimedOnce) {
  EXPECT_EQ(claim(kNow), Claim::Ours);
  EXPECT_EQ(claim(kNow), Claim::Taken);
  finish(kNow, RunEnd::Succeeded);
  EXPECT_EQ(claim(kNow, kNow + 30 * kDay), Claim::Taken);
}

TEST_F(OccurrencesTest, AnotherProcessIsToldThatItIsTaken) {
  ASSERT_EQ(claim(kNow), Claim::Ours);
  Store other = Store::open(path).value();

  EXPECT_EQ(other.occurrences().claim(kNightly, kNow, kNow).value(), Claim::Taken);
  EXPECT_EQ(other.occurrences().claim(kNightly, kNow + kDay, kNow).value(), Claim::Ours);
}

TEST_F(OccurrencesTest, SchedulesClaimApart) {
  const ScheduleName other("connector:gh");
  ASSERT_THAT(occurrences().meet(other, "0 2 * * *", kNow), IsOk());
  ASSERT_EQ(claim(kNow), Claim::Ours);

  EXPECT_EQ(occurrences().claim(other, kNow, kNow).value(), Claim::Ours);
}

TEST_F(OccurrencesTest, AScheduleThatWasNeverMetClaimsNothing) {
  EXPECT_EQ(occurrences().find(ScheduleName("connector:x"), kNow).value(), std::nullopt);
  EXPECT_THAT(occurrences().claim(ScheduleName("connector:x"), kNow, kNow),
              FailsWith(ErrorKind::Fatal));
}

TEST_F(OccurrencesTest, TheLastRunIsKeptWithItsEnd) {
  claim(kNow, kNow + 5s);
  EXPECT_EQ(record().last, (ScheduledRun{kNow, kNow + 5s, std::nullopt, std::nullopt}));

  finish(kNow, RunEnd::Succeeded, 3);

  EXPECT_EQ(record().last, (ScheduledRun{kNow, kNow + 5s, kNow + 1min, 3}));
}

TEST_F(OccurrencesTest, AnEndThatComesLateChangesNothing) {
  claim(kNow);
  claim(kNow + kDay);

  finish(kNow, RunEnd::Succeeded);

  EXPECT_EQ(record().last->occurrence, kNow + kDay);
  EXPECT_EQ(record().last->finished_at, std::nullopt);
}

TEST_F(OccurrencesTest, FailuresInARowAreCounted) {
  for (int day = 0; day < 3; ++day) {
    claim(kNow + day * kDay);
    finish(kNow + day * kDay, RunEnd::Failed, 1);
  }
  EXPECT_EQ(record().failures, 3);

  claim(kNow + 3 * kDay);
  finish(kNow + 3 * kDay, RunEnd::Neither, 6);
  EXPECT_EQ(record().failures, 3);

  claim(kNow + 4 * kDay);
  finish(kNow + 4 * kDay, RunEnd::Succeeded);
  EXPECT_EQ(record().failures, 0);
}

TEST_F(OccurrencesTest, ARunWhoseProcessDiedIsAFailure) {
  claim(kNow);
  EXPECT_EQ(record().failures, 0);

  claim(kNow + kDay);

  EXPECT_EQ(record().failures, 1);
}

TEST_F(OccurrencesTest, ANewCalendarIsKnownSinceNow) {
  ASSERT_THAT(occurrences().meet(kNightly, "0 2 * * *", kNow + kDay), IsOk());
  EXPECT_EQ(record().since, kNow);

  ASSERT_THAT(occurrences().meet(kNightly, "0 3 * * *", kNow + kDay), IsOk());
  EXPECT_EQ(record().since, kNow + kDay);
}

TEST_F(OccurrencesTest, PausedIsUntilResumed) {
  EXPECT_TRUE(occurrences().pause(kNightly, kNow).value());
  EXPECT_FALSE(occurrences().pause(kNightly, kNow).value());
  EXPECT_TRUE(record().paused);

  EXPECT_TRUE(occurrences().resume(kNightly, kNow + 1h).value());
  EXPECT_FALSE(occurrences().resume(kNightly, kNow + 2h).value());

  EXPECT_FALSE(record().paused);
  EXPECT_EQ(record().resumed_at, kNow + 1h);
}

TEST_F(OccurrencesTest, AScheduleCanBePausedBeforeItIsMet) {
  const ScheduleName other("connector:gh");

  EXPECT_TRUE(occurrences().pause(other, kNow).value());
  ASSERT_THAT(occurrences().meet(other, "@daily", kNow + 1h), IsOk());

  EXPECT_TRUE(occurrences().find(other, kNow).value()->paused);
  EXPECT_FALSE(occurrences().resume(ScheduleName("connector:x"), kNow).value());
}

TEST_F(OccurrencesTest, ClaimsAreReadAsFarAsAskedFor) {
  for (int day : {0, 5, 2}) claim(kNow + day * kDay);

  EXPECT_THAT(record(kNow + 2 * kDay).claimed,
              ElementsAre(Stretch{kNow + 2 * kDay, kNow + 2 * kDay},
                          Stretch{kNow + 5 * kDay, kNow + 5 * kDay}));
}

TEST_F(OccurrencesTest, ClaimsStayClaimedHoweverManyThereAre) {
  const int many = 3 * Occurrences::kMostStretches;
  for (int hour = 0; hour < many; ++hour) ASSERT_EQ(claim(kNow + hour * 1h), Claim::Ours);

  EXPECT_LE(record().claimed.size(), static_cast<std::size_t>(Occurrences::kMostStretches));
  for (int hour = 0; hour < many; ++hour) ASSERT_EQ(claim(kNow + hour * 1h), Claim::Taken);
}

TEST_F(OccurrencesTest, ClaimsOfAClockYearsAheadDoNotReachBack) {
  const Timestamp ahead = kNow + 5000 * kDay;
  ASSERT_EQ(claim(ahead), Claim::Ours);
  for (int hour = 0; hour < 2 * Occurrences::kMostStretches; ++hour) {
    ASSERT_EQ(claim(kNow + hour * 1h), Claim::Ours);
    ASSERT_EQ(claim(ahead + hour * 1h), hour == 0 ? Claim::Taken : Claim::Ours);
  }

  EXPECT_EQ(claim(kNow + 1000 * kDay), Claim::Ours);
}

}  // namespace
}  // namespace praxisync::store
