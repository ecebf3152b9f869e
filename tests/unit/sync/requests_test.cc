// What runs cost in requests to the Assess API, held against the least that would have done.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>

#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using std::chrono::hours;

sandbox::Options roomy() {
  sandbox::Options options;
  options.invite_limit = 5000;
  options.reads_per_hour = 5000;
  options.writes_per_hour = 5000;
  return options;
}

/// A world of which some runs are counted.
class Scene : public World {
 public:
  Scene() : World(roomy()) {
    limits = {{5000, 50}, {5000, 0}};
    options.max_invites_per_run = 2000;
  }

  /// A run before the story begins.
  void set_up() { waiting_ = run().backlog.waiting; }

  sync::RunReport count_run() {
    const sync::RunReport report = run();
    used += requests.reads + requests.writes;
    least += report.least.reads + report.least.writes;
    const sync::Counts& counts = report.counts;
    naive += counts.invited + counts.already_invited + counts.enrolled;  // one call each
    naive += waiting_;                                                   // one poll each
    naive += counts.completed;                                           // one detail each
    waiting_ = report.backlog.waiting;
    return report;
  }

  void crowd_in(const std::string& job, int from, int people) {
    for (int i = from; i < from + people; ++i) person("p" + std::to_string(i), job);
  }
  void finish(const std::string& assessment, int from, int people, double score = 80) {
    for (int i = from; i < from + people; ++i) finishes("p" + std::to_string(i), assessment, score);
  }
  void invite_by_hand(const std::string& assessment, int from, int people) {
    for (int i = from; i < from + people; ++i) {
      const http::Request request{
          .method = http::Method::Post,
          .url = "https://praxicraft.com/api/v1/public/assessments/" + assessment + "/invites/",
          .headers = {{"Authorization", std::string("Bearer ") + kKey},
                      {"Content-Type", "application/json"}},
          .body = R"({"email":")" + address("p" + std::to_string(i)) + R"("})"};
      ASSERT_EQ(assess.handle(request).status, 201);
    }
  }
  /// Routes and assessments screen-0, screen-1 and so on, with so many people each.
  void add_screens(int screens, int people) {
    for (int i = 0; i < screens; ++i) {
      const std::string slug = "screen-" + std::to_string(i), job = "Job " + std::to_string(i);
      assess.add_assessment(slug, slug);
      routes.push_back(route_to(slug, job, {TargetKind::Assessment, slug}));
      crowd_in(job, 100 * i, people);
    }
  }

  long long used = 0, least = 0, naive = 0;

 private:
  int waiting_ = 0;
};

struct Scenario {
  std::string name;
  int most_above_least;
  void (*play)(Scene&);
};
void PrintTo(const Scenario& row, std::ostream* out) { *out << row.name; }
class RequestsOf : public testing::TestWithParam<Scenario> {};

TEST_P(RequestsOf, StayNearTheLeastPossible) {
  Scene scene;

  GetParam().play(scene);

  std::cout << fmt::format("requests: {}: {} used, {} least possible, {} the naive way\n",
                           GetParam().name, scene.used, scene.least, scene.naive);
  RecordProperty("scenario", GetParam().name);
  RecordProperty("used", std::to_string(scene.used));
  RecordProperty("least", std::to_string(scene.least));
  RecordProperty("naive", std::to_string(scene.naive));
  EXPECT_GT(scene.used, 0);
  EXPECT_GE(scene.used, scene.least) << "what was done is possible: the bound is wrong";
  EXPECT_LE(scene.used, scene.least + GetParam().most_above_least);
}

void first_sync(Scene& scene) {
  scene.crowd_in("Backend Engineer", 0, 120);
  scene.crowd_in("Data Analyst", 120, 80);
  scene.crowd_in("Graduate Program", 200, 50);

  const sync::RunReport report = scene.count_run();

  EXPECT_EQ(report.counts.invited, 200);
  EXPECT_EQ(report.counts.enrolled, 50);
}

void idle(Scene& scene) {
  scene.crowd_in("Backend Engineer", 0, 120);
  scene.crowd_in("Data Analyst", 120, 80);
  scene.crowd_in("Graduate Program", 200, 50);
  scene.set_up();
  scene.advance(hours{1});

  const sync::RunReport report = scene.count_run();

  EXPECT_EQ(report.backlog.waiting, 250);
}

void one_percent_new(Scene& scene) {
  scene.crowd_in("Backend Engineer", 0, 1000);
  scene.set_up();
  scene.advance(hours{1});
  scene.crowd_in("Backend Engineer", 1000, 10);

  const sync::RunReport report = scene.count_run();

  EXPECT_EQ(report.counts.invited, 10);
  EXPECT_EQ(report.backlog.waiting, 1010);
}

void all_already_invited(Scene& scene) {
  scene.crowd_in("Backend Engineer", 0, 200);
  scene.invite_by_hand("backend", 0, 200);
  scene.advance(hours{1});

  const sync::RunReport first = scene.count_run();
  scene.advance(hours{1});
  scene.finish("backend", 0, 60);
  const sync::RunReport second = scene.count_run();

  EXPECT_EQ(first.counts.already_invited, 200);
  EXPECT_EQ(second.counts.passed, 60);
}

void already_invited_and_finished(Scene& scene) {
  scene.crowd_in("Backend Engineer", 0, 200);
  scene.invite_by_hand("backend", 0, 200);
  scene.finish("backend", 0, 60);
  scene.advance(hours{50});

  scene.count_run();
  scene.advance(hours{1});
  const sync::RunReport second = scene.count_run();

  EXPECT_EQ(second.backlog.waiting, 140);
  EXPECT_THAT(scene.outcomes(), testing::SizeIs(120));
}

void results_trickle_in(Scene& scene) {
  scene.crowd_in("Backend Engineer", 0, 250);
  scene.set_up();
  for (int run = 0; run < 8; ++run) {
    scene.advance(hours{1});
    scene.finish("backend", 4 * run, 4);
    EXPECT_EQ(scene.count_run().counts.completed, 4);
  }
}

void pipelines(Scene& scene) {
  scene.crowd_in("Graduate Program", 0, 100);
  scene.set_up();
  scene.advance(hours{1});
  scene.finish("first", 0, 12);
  scene.count_run();
  scene.advance(hours{1});
  scene.finish("second", 0, 5);

  const sync::RunReport report = scene.count_run();

  EXPECT_EQ(report.counts.completed, 5);
}

void after_lost_answers(Scene& scene) {
  using sandbox::Fault;
  scene.crowd_in("Backend Engineer", 0, 60);
  scene.crowd_in("Graduate Program", 100, 5);
  // A bulk call may be repeated at once: all its attempts are lost.
  for (const auto& [path, times] : {std::pair{"bulk", 4}, std::pair{"enroll", 1}}) {
    scene.assess.faults().add({.kind = Fault::Kind::DropAfterApplying,
                               .method = http::Method::Post,
                               .path = path,
                               .times = times});
  }
  scene.set_up();
  scene.advance(std::chrono::minutes{15});

  const sync::RunReport report = scene.count_run();

  EXPECT_EQ(report.backlog.unsettled, 0);
  EXPECT_EQ(report.backlog.waiting, 65);
}

void after_a_lost_bulk_call(Scene& scene) {
  scene.crowd_in("Backend Engineer", 0, 60);
  scene.assess.faults().add({.kind = sandbox::Fault::Kind::DropAfterApplying,
                             .method = http::Method::Post,
                             .path = "bulk",
                             .times = 4});
  scene.set_up();
  scene.advance(std::chrono::minutes{15});

  const sync::RunReport report = scene.count_run();

  EXPECT_EQ(report.counts.invited, 60);
  EXPECT_EQ(report.backlog.waiting, 60);
}

void many_assessments_few_waiting(Scene& scene) {
  scene.add_screens(20, 2);
  scene.set_up();
  for (int run = 0; run < 4; ++run) {
    scene.advance(hours{1});
    scene.finish("screen-" + std::to_string(run), 100 * run, 2);
    EXPECT_EQ(scene.count_run().counts.completed, 2);
  }
}

void details_needed(Scene& scene) {
  scene.routes[0].on_passed.actions.push_back({ActionKind::Link, ""});
  scene.crowd_in("Backend Engineer", 0, 60);
  scene.set_up();
  scene.advance(hours{1});
  scene.finish("backend", 0, 10, 90);
  scene.finish("backend", 10, 10, 20);

  const sync::RunReport report = scene.count_run();

  EXPECT_EQ(report.counts.passed, 10);
  EXPECT_EQ(report.counts.failed, 10);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RequestsOf,
    testing::Values(Scenario{"FirstSync", 0, first_sync}, Scenario{"Idle", 0, idle},
                    Scenario{"OnePercentNew", 0, one_percent_new},
                    Scenario{"AllAlreadyInvited", 0, all_already_invited},
                    Scenario{"AlreadyInvitedAndFinished", 0, already_invited_and_finished},
                    Scenario{"ResultsTrickleIn", 0, results_trickle_in},
                    Scenario{"Pipelines", 0, pipelines},
                    Scenario{"AfterLostAnswers", 0, after_lost_answers},
                    Scenario{"AfterALostBulkCall", 0, after_a_lost_bulk_call},
                    Scenario{"ManyAssessmentsFewWaiting", 0, many_assessments_few_waiting},
                    Scenario{"DetailsNeeded", 0, details_needed}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace praxisync::testing_support
