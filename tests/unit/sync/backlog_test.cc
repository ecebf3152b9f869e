// What a plan foretells of a large backlog, against what the engine then takes for it.
#include <gmock/gmock.h>

#include "support/world.h"
#include "sync/forecast.h"

namespace praxisync::testing_support {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::_;
using testing::AllOf;
using testing::Each;
using testing::Gt;
using testing::Le;
using testing::Pair;
using testing::SizeIs;

constexpr std::size_t kNobody = 1'000'000;

/// Every nth of those who were invited takes the test.
void some_finish(World& world, std::size_t nth) {
  world.assess.catch_up();
  const auto& all = world.assess.world().invitations;
  for (std::size_t i = nth - 1; i < all.size(); i += nth) {
    if (all[i].status != sandbox::InvitationStatus::Pending) continue;
    const std::string token = all[i].token;
    EXPECT_TRUE(world.assess.start(token).has_value());
    EXPECT_TRUE(world.assess.finish(token, 80).has_value());
  }
}

int refused_for_quota(const World& world) {
  return static_cast<int>(std::ranges::count_if(
      world.transport.log(), [](const auto& sent) { return sent.status == 403; }));
}

struct Course {
  std::optional<Timestamp> done;  ///< the run that contacted the last one
  int most_refused = 0;           ///< calls for want of quota, in one run
};

/// Syncs until nobody is queued: when the report says that there is more to spend; where the quota
/// is used up, from `early` before the next month on, as often as `step`.
struct Pace {
  std::size_t finishing = kNobody;
  Milliseconds early{0}, step = hours{1};
};
Course contact_everybody(World& world, const Pace& pace) {
  constexpr int kMostRuns = 400;
  Course course;
  for (int runs = 0; runs < kMostRuns; ++runs) {
    world.transport.clear_log();
    const sync::RunReport report = world.run();
    course.most_refused = std::max(course.most_refused, refused_for_quota(world));
    if (report.backlog.queued == 0 && report.backlog.unsettled == 0) {
      course.done = report.started_at;
      return course;
    }
    some_finish(world, pace.finishing);
    Timestamp next = report.resume_at.value_or(world.clock.now() + pace.step);
    if (report.ending == sync::Ending::Quota)
      next = std::max(next, sync::next_month(world.clock.now() - pace.early) - pace.early);
    world.advance(std::max<Milliseconds>(next - world.clock.now(), Milliseconds{1}));
  }
  return course;
}

/// In parts of the time that it took.
double off_by(Timestamp begin, const std::optional<Timestamp>& told,
              const std::optional<Timestamp>& real) {
  if (!told || !real) return 1;
  return std::abs(static_cast<double>((*real - *told).count())) /
         static_cast<double>((*real - begin).count());
}

sandbox::Options enterprise() {
  sandbox::Options options;
  options.plan = sandbox::Plan::Enterprise;
  return options;
}

class Backlog : public testing::Test {
 protected:
  void prepare(World& world) {
    world.options.max_invites_per_run = 10'000;
    world.ats.page_size = 1'000;
    world.ats.listing = Listing::New;
  }
};

TEST_F(Backlog, TenThousandOnTheGrowthPlanAreDoneWhenThePlanSays) {
  World world;
  prepare(world);
  world.crowd(10'000);
  const Timestamp begin = world.clock.now();

  const sync::Plan plan = world.plan();
  const Course real = contact_everybody(world, {.finishing = 3});

  EXPECT_LE(off_by(begin, plan.done_at, real.done), 0.02);
  EXPECT_GT(*real.done - begin, hours{24 * 365});
  EXPECT_EQ(real.most_refused, 0);
  EXPECT_THAT(world.invitations(), AllOf(SizeIs(10'000), Each(Pair(_, 1))));
  EXPECT_THAT(world.assess.world().invited_in_month, Each(Pair(_, Le(500))));
}

TEST_F(Backlog, SixThousandEnrollmentsTakeAHundredAnHour) {
  World world(enterprise());
  prepare(world);
  world.crowd(6'000, "Graduate Programme");
  const Timestamp begin = world.clock.now();

  const sync::Plan plan = world.plan();
  const Course real = contact_everybody(world, {});

  EXPECT_LE(off_by(begin, plan.done_at, real.done), 0.02);
  EXPECT_GE(*real.done - begin, hours{59});
  EXPECT_THAT(world.enrollments(), AllOf(SizeIs(6'000), Each(Pair(_, 1))));
}

TEST_F(Backlog, AMixOfInvitationsAndEnrollmentsIsDoneWhenThePlanSays) {
  World world(enterprise());
  prepare(world);
  world.routes[2].priority = 3;
  world.routes[1].share = 10;
  world.crowd(3'000);
  world.crowd(500, "Data Engineer", "d");
  world.crowd(2'000, "Graduate Programme", "g");
  const Timestamp begin = world.clock.now();

  const sync::Plan plan = world.plan();
  const Course real = contact_everybody(world, {});

  EXPECT_LE(off_by(begin, plan.done_at, real.done), 0.02);
  EXPECT_GE(*real.done - begin, hours{20});
  EXPECT_THAT(world.invitations(), AllOf(SizeIs(3'500 + 2'000), Each(Pair(_, 1))));
  EXPECT_THAT(world.enrollments(), SizeIs(2'000));
}

class MonthEnds : public testing::TestWithParam<int> {};

TEST_P(MonthEnds, KeepToTheQuotaAndToTheForecastWhereverTheMonthBegins) {
  sandbox::Options options;
  options.invite_limit = 30;
  options.month_zone = minutes{GetParam()};
  World world(options);
  world.clock.set_wall(*parse_timestamp("2026-01-30T12:00:00Z") - world.clock.now());
  world.ats.page_size = 100;
  world.crowd(100);

  const sync::Plan plan = world.plan();
  const Course real = contact_everybody(world, {.early = hours{15}, .step = minutes{90}});

  ASSERT_TRUE(plan.done_at && real.done);
  EXPECT_LE(std::chrono::abs(*real.done - *plan.done_at), hours{24});
  EXPECT_LE(real.most_refused, 1);
  EXPECT_THAT(world.invitations(), AllOf(SizeIs(100), Each(Pair(_, 1))));
  EXPECT_THAT(world.assess.world().invited_in_month, AllOf(SizeIs(4), Each(Pair(_, Le(30)))));
}

INSTANTIATE_TEST_SUITE_P(Zones, MonthEnds,
                         testing::Values(-720, -480, -210, 0, 330, 345, 540, 765, 840),
                         [](const auto& zone) {
                           return (zone.param < 0 ? "Behind" : "Ahead") +
                                  std::to_string(std::abs(zone.param)) + "Minutes";
                         });

}  // namespace
}  // namespace praxisync::testing_support
