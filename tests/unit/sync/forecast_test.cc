#include "sync/forecast.h"

#include <gmock/gmock.h>

namespace praxisync::sync {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

Timestamp at(std::string_view text) { return *parse_timestamp(text); }
const Timestamp kNow = at("2026-03-10T12:00:00Z");

Waiting people(int persons, int priority = 0) {
  return {Calls::EachBatch, {.wanted = persons, .priority = priority}};
}
Waiting enrolling(int persons, int priority = 0) {
  return {Calls::EachPerson, {.wanted = persons, .priority = priority}};
}

TEST(Forecast, AFewGoNow) {
  const Forecast seen = forecast({people(250), enrolling(3)}, {}, kNow);

  EXPECT_THAT(seen.done, Optional(kNow));
  EXPECT_EQ(seen.writes, 6);
}

TEST(Forecast, EnrollmentsGoAHundredAnHour) {
  const Forecast seen = forecast({enrolling(250)}, {}, kNow);

  EXPECT_THAT(seen.done, Optional(kNow + hours{2}));
  ASSERT_EQ(seen.served[0].size(), 3U);
  EXPECT_EQ(seen.served[0][1].persons, 100);
}

TEST(Forecast, WhatIsKeptForRemindersIsMissingInThisHourAlone) {
  const Forecast seen = forecast({enrolling(250)}, {.kept = 5}, kNow);

  ASSERT_EQ(seen.served[0].size(), 3U);
  EXPECT_EQ(seen.served[0][0].persons, 95);
  EXPECT_EQ(seen.served[0][1].persons, 100);
}

TEST(Forecast, WhatWasSpentInThisHourIsNotThereNow) {
  const Means means{.writes = {.limit = 100, .used = 90, .frees = {{kNow + minutes{20}, 90}}}};

  const Forecast seen = forecast({enrolling(50)}, means, kNow);

  EXPECT_THAT(seen.done, Optional(kNow + minutes{20}));
}

TEST(Forecast, AClosedClassWaitsForItsOpening) {
  const Means means{.writes = {.limit = 100, .closed_until = kNow + minutes{7}}};

  EXPECT_THAT(forecast({people(1)}, means, kNow).done, Optional(kNow + minutes{7}));
}

TEST(Forecast, TheQuotaComesBackWithTheMonth) {
  const Means means{.quota_left = 100, .quota_a_month = 500};

  const Forecast seen = forecast({people(900)}, means, kNow);

  EXPECT_THAT(seen.done, Optional(at("2026-05-01T00:00:00Z")));
  EXPECT_EQ(seen.served[0].front().persons, 100);
}

TEST(Forecast, WithoutAnyQuotaItNeverEnds) {
  EXPECT_EQ(forecast({people(5)}, {.quota_left = 0, .quota_a_month = 0}, kNow).done, std::nullopt);
}

TEST(Forecast, NobodyIsDoneAtOnce) { EXPECT_THAT(forecast({}, {}, kNow).done, Optional(kNow)); }

TEST(Grants, APriorityGoesBeforeTheQuotaAndTheHour) {
  EXPECT_THAT(grants({people(80), people(60, 1)}, {.quota_left = 100}), ElementsAre(40, 60));
  EXPECT_THAT(grants({enrolling(80, 1), people(500)}, {.writes = {.limit = 82}}),
              ElementsAre(80, 200));
}

TEST(NextMonth, IsTheFirstOfTheNext) {
  EXPECT_EQ(next_month(at("2026-12-31T23:59:59Z")), at("2027-01-01T00:00:00Z"));
  EXPECT_EQ(next_month(at("2028-02-01T00:00:00Z")), at("2028-03-01T00:00:00Z"));
}

TEST(RunsDry, SaysTheDayAtThisMonthsPace) {
  // A third of the month has gone, with 200 of 500: the other 300 last 15 days more.
  EXPECT_THAT(runs_dry(500, 300, 0, at("2026-03-11T00:00:00Z")),
              Optional(at("2026-03-26T00:00:00Z")));
  EXPECT_EQ(runs_dry(500, 400, 0, at("2026-03-21T00:00:00Z")), std::nullopt);
  EXPECT_THAT(runs_dry(500, 30, 40, kNow), Optional(kNow));
  EXPECT_EQ(runs_dry(std::nullopt, std::nullopt, 40, kNow), std::nullopt);
}

}  // namespace
}  // namespace praxisync::sync
