// Who is served first, and who waits how long, when a run cannot serve everybody.
#include <gmock/gmock.h>

#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::SizeIs;

sandbox::Options quota_of(int invitations) {
  sandbox::Options options;
  options.invite_limit = invitations;
  return options;
}

/// Without a quota, and so many writes an hour.
sandbox::Options writes_of(int an_hour) {
  sandbox::Options options;
  options.plan = sandbox::Plan::Enterprise;
  options.writes_per_hour = an_hour;
  return options;
}

int invited_to(const World& world, const std::string& assessment) {
  int count = 0;
  for (const auto& [who, times] : world.invitations()) count += who.ends_with("|" + assessment);
  return count;
}

/// The last request of a run counts two minutes longer than an hour: its end is written down with
/// the next one.
constexpr int kUnended = 1;
/// So a batch may go out a round later than foretold.
constexpr Milliseconds kLateness = hours{1} + minutes{10};

/// address -> when that person was enrolled, or else invited
std::map<std::string, Timestamp> contacted(const World& world) {
  std::map<std::string, Timestamp> when;
  for (const sandbox::Enrollment& row : world.assess.world().enrollments)
    when.emplace(row.email, row.history.front().at);
  for (const sandbox::Invitation& row : world.assess.world().invitations)
    when.emplace(row.email, row.created_at);
  return when;
}

TEST(FairnessInARun, AQuotaForAPartGoesToTheHigherPriority) {
  World world(quota_of(10));
  world.routes[1].priority = 5;
  world.crowd(8);
  world.crowd(8, "Data Engineer", "d");

  world.run();

  EXPECT_EQ(invited_to(world, "data"), 8);
  EXPECT_EQ(invited_to(world, "backend"), 2);
}

TEST(FairnessInARun, ARouteGetsItsShareBeforeAHigherPriority) {
  World world(quota_of(50));
  world.routes[1].priority = 5;
  world.routes[0].share = 20;
  world.crowd(60);
  world.crowd(60, "Data Engineer", "d");

  world.run();

  EXPECT_EQ(invited_to(world, "backend"), 10);
  EXPECT_EQ(invited_to(world, "data"), 40);
}

TEST(FairnessInARun, AShareIsThereOnceHoweverManyQueuesItsTargetHas) {
  World world(quota_of(50));
  world.routes[1].priority = 5;
  world.routes[0].share = 20;
  world.routes.push_back(route_to("quiet", "Quiet*", {TargetKind::Assessment, "backend"}));
  world.routes.back().send_email = SendEmail::No;
  world.crowd(30);
  world.crowd(30, "Quiet Engineer", "q");
  world.crowd(60, "Data Engineer", "d");

  world.run();

  EXPECT_EQ(invited_to(world, "backend"), 10);
  EXPECT_EQ(invited_to(world, "data"), 40);
}

TEST(FairnessInARun, WhoHasWaitedTooLongGoesBeforeAnyPriority) {
  World world(writes_of(10));
  world.limits.writes = {10, 0};
  world.options.longest_wait = hours{5};
  world.assess.add_pipeline("trainee", "Trainees", {"first"});
  world.routes.push_back(route_to("trainee", "Trainee*", {TargetKind::Pipeline, "trainee"}));
  world.routes.back().priority = 9;
  world.ats.page_size = 500;
  world.crowd(30, "Graduate Programme", "low");
  const Timestamp begin = world.clock.now();

  // As many as can be served come anew each hour, with the higher priority.
  for (int hour = 0; hour < 12; ++hour) {
    world.crowd(10, "Trainee", "high" + std::to_string(hour) + "-");
    world.run();
    world.advance(hours{1});
  }

  Timestamp first = Timestamp::max(), last = Timestamp::min();
  int low = 0;
  for (const auto& [address, at] : contacted(world)) {
    if (!address.starts_with("low")) continue;
    ++low;
    first = std::min(first, at);
    last = std::max(last, at);
  }
  EXPECT_EQ(low, 30);
  EXPECT_GE(first, begin + hours{5});
  EXPECT_LE(last, begin + hours{5} + hours{3}) << "thirty people, ten an hour";
}

TEST(FairnessInARun, EverybodyIsContactedWhenThePlanSaid) {
  World world(writes_of(20));
  world.limits.writes = {20, 0};
  world.options.bulk_size = 5;
  world.routes[0].priority = 1;
  world.routes[1].share = 30;
  world.routes.push_back(route_to("quiet", "Quiet*", {TargetKind::Assessment, "data"}));
  world.routes.back().send_email = SendEmail::No;
  world.ats.page_size = 500;
  world.crowd(150);
  world.crowd(90, "Data Engineer", "d");
  world.crowd(40, "Quiet Engineer", "q");
  world.crowd(55, "Graduate Programme", "g");

  const sync::Plan plan = world.plan();
  for (bool done = false; !done;) {
    const sync::RunReport report = world.run();
    done = report.backlog.queued == 0;
    ASSERT_TRUE(done || report.resume_at);
    if (!done) world.clock.sleep_until(*report.resume_at);
  }

  const auto real = contacted(world);
  const Timestamp begin = plan.report.started_at;
  ASSERT_THAT(plan.contacts, SizeIs(150 + 90 + 40 + 55));
  for (const sync::PlannedContact& contact : plan.contacts) {
    EXPECT_LE(std::chrono::abs(real.at(contact.email) - contact.at.value()), kLateness)
        << contact.email;
    EXPECT_EQ(real.at(contact.email) == begin, contact.at == begin) << contact.email;
  }
  EXPECT_GE(world.clock.now() - begin, hours{5});
}

TEST(FairnessInARun, RemindersAndCancellationsGoOutWhileABacklogWaits) {
  World world(writes_of(20));
  world.limits.writes = {20, 0};
  world.ats.page_size = 500;
  world.routes[0].remind_after = hours{2};
  world.routes[0].max_reminders = 1;
  world.routes[0].cancel_when_left = CancelWhenLeft::Yes;
  world.crowd(4);
  world.run();
  world.advance(hours{1});
  world.crowd(300, "Graduate Programme", "g");
  world.ats.find("p1003").stage = "Onsite";
  int reminded = 0, cancelled = 0;

  for (int hour = 0; hour < 6; ++hour) {
    const int before = static_cast<int>(world.enrollments().size());
    const sync::RunReport report = world.run();
    reminded += report.counts.reminded;
    cancelled += report.counts.cancelled;
    EXPECT_GE(static_cast<int>(world.enrollments().size()) - before, 19 - kUnended);
    world.advance(hours{1});
  }

  EXPECT_EQ(reminded, 3);
  EXPECT_EQ(cancelled, 1);
}

}  // namespace
}  // namespace praxisync::testing_support
