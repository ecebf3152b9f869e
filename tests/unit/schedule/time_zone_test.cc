#include "schedule/time_zone.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/result_matchers.h"
#include "unit/schedule/times.h"

namespace praxisync::schedule {
namespace {

using testing_support::FailsSaying;
using testing_support::FailsWith;

TEST(TimeZone, KnowsHowLongAnOffsetHolds) {
  const TimeZone berlin = TimeZone::find("Europe/Berlin").value();

  const OffsetSpan summer = berlin.span_at(at("2026-07-01"));

  EXPECT_EQ(summer.offset, std::chrono::hours{2});
  EXPECT_EQ(summer.begin, at("2026-03-29T01:00:00Z"));
  EXPECT_EQ(summer.end, at("2026-10-25T01:00:00Z"));
}

TEST(TimeZone, ChangesAtTheMillisecond) {
  const TimeZone berlin = TimeZone::find("Europe/Berlin").value();

  EXPECT_EQ(berlin.span_at(at("2026-03-29T00:59:59.999Z")).offset, std::chrono::hours{1});
  EXPECT_EQ(berlin.span_at(at("2026-03-29T01:00:00Z")).offset, std::chrono::hours{2});
}

TEST(TimeZone, OfUtcNeverChanges) {
  const TimeZone utc = TimeZone::find("UTC").value();

  EXPECT_EQ(utc, TimeZone::utc());
  EXPECT_EQ(utc.span_at(at("2026-07-01")).offset, std::chrono::hours{0});
}

TEST(TimeZone, ThatNobodyKnowsIsRefusedWithTheNearest) {
  EXPECT_THAT(TimeZone::find("Europe/Berln"), FailsSaying("did you mean \"Europe/Berlin\"?"));
  EXPECT_THAT(TimeZone::find("europe/berlin"), FailsSaying("did you mean \"Europe/Berlin\"?"));
  EXPECT_THAT(TimeZone::find("the zone where the office is"), FailsSaying("write it like"));
  EXPECT_THAT(TimeZone::find(""), FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(TimeZone::find("../../etc/passwd"), FailsWith(ErrorKind::Rejected));
}

}  // namespace
}  // namespace praxisync::schedule
