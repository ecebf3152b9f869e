#include "sync/collect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"
#include "sync/status_lookup.h"

namespace praxisync::testing_support {
namespace {

using testing::Contains;
using testing::Each;
using testing::Pair;
using testing::SizeIs;

struct Dialect {
  std::string name;
  sandbox::Pagination pagination;
  sandbox::Documents documents;
};
void PrintTo(const Dialect& dialect, std::ostream* out) { *out << dialect.name; }

class BothPaginations : public testing::TestWithParam<Dialect> {};

TEST_P(BothPaginations, EveryResultOfManyPagesIsFound) {
  sandbox::Options options;
  options.pagination = GetParam().pagination;
  options.documents = GetParam().documents;
  World world(options);
  world.crowd(230);

  ASSERT_TRUE(world.run_to_the_end());

  EXPECT_THAT(world.invitations(), SizeIs(230));
  EXPECT_THAT(world.writes(), SizeIs(460));
  EXPECT_THAT(world.writes(), Each(Pair(testing::_, 1)));
}

INSTANTIATE_TEST_SUITE_P(
    Table, BothPaginations,
    testing::Values(
        Dialect{"CursorAsTheNewPagesSay", sandbox::Pagination::Cursor, sandbox::Documents::New},
        Dialect{"PageAsTheOldReferenceSays", sandbox::Pagination::Page, sandbox::Documents::Old}),
    [](const auto& row) { return row.param.name; });

TEST(Collect, ReadsOnlyDownToWhatItHasSeen) {
  World world;
  world.crowd(250);
  world.run();
  world.advance(std::chrono::hours{1});
  for (int i = 0; i < 240; ++i) world.finishes("p" + std::to_string(1000 + i), "backend", 80);
  world.run();
  world.advance(std::chrono::hours{1});
  world.finishes("p1245", "backend", 80);
  world.transport.clear_log();

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.completed, 1);
  EXPECT_LE(world.transport.log().size(), 2U)
      << "the page with the news, and one that was seen before";
}

TEST(Collect, AScanThatIsCutShortLeavesNoHole) {
  World world;
  world.crowd(250);
  world.run();
  world.advance(std::chrono::hours{1});
  for (int i = 0; i < 250; ++i) world.finishes("p" + std::to_string(1000 + i), "backend", 80);
  world.assess.faults().add({.kind = sandbox::Fault::Kind::Status,
                             .path = "results/",
                             .skip = 1,
                             .times = 8,
                             .status = 500});
  const sync::RunReport cut = world.run();
  world.assess.faults().clear();
  world.advance(std::chrono::hours{1});

  const sync::RunReport report = world.run();

  EXPECT_EQ(cut.counts.completed, 100);
  EXPECT_EQ(report.counts.completed, 150);
  EXPECT_EQ(report.backlog.waiting, 0);
}

TEST(Collect, ACursorThatTheServerNoLongerKnowsStartsTheScanAgain) {
  World world;
  world.crowd(250);
  world.run();
  world.advance(std::chrono::hours{1});
  for (int i = 0; i < 250; ++i) world.finishes("p" + std::to_string(1000 + i), "backend", 80);
  world.assess.faults().add({.kind = sandbox::Fault::Kind::Status,
                             .path = "results/",
                             .skip = 1,
                             .times = 8,
                             .status = 500});
  world.run();
  world.assess.faults().clear();
  world.assess.faults().add(
      {.kind = sandbox::Fault::Kind::Status,
       .path = "cursor=",
       .status = 404,
       .headers = {{"Content-Type", "application/json"}},
       .body = R"({"error":{"message":"Invalid cursor","code":"NOT_FOUND"}})"});
  world.advance(std::chrono::hours{1});

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.backlog.waiting, 0);
  EXPECT_EQ(report.ending, sync::Ending::Done);
}

TEST(Collect, AnInvitationThatRanOutIsExpiredOnceTheApiSaysSo) {
  World world;
  world.person("ada", "Backend Engineer");
  world.run();
  world.advance(std::chrono::days{6});
  const sync::RunReport before = world.run();
  world.advance(std::chrono::hours{25});
  const sync::RunReport after = world.run();

  EXPECT_EQ(before.counts.expired, 0);
  EXPECT_EQ(after.counts.expired, 1);
  EXPECT_THAT(world.outcomes(), testing::ElementsAre("ada|note|expired"));
}

TEST(Collect, APipelineEndsWhenAStagesInvitationRunsOut) {
  World world;
  world.person("dee", "Graduate Program");
  world.run();
  world.advance(std::chrono::hours{1});
  world.finishes("dee", "first", 90);
  world.run();
  world.advance(std::chrono::days{8});

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.expired, 1);
  EXPECT_THAT(world.outcomes(), testing::ElementsAre("dee|note|expired"));
}

TEST(Collect, TheDetailIsReadOnlyWhereAPolicyWritesTheReport) {
  World world;
  world.routes[0].on_passed.actions.push_back({ActionKind::Link, ""});
  world.person("ada", "Backend Engineer");
  world.person("bob", "Backend Engineer");
  world.run();
  world.advance(std::chrono::hours{1});
  world.finishes("ada", "backend", 90);
  world.finishes("bob", "backend", 10);

  world.run();

  EXPECT_EQ(world.assess.requests().of(sandbox::Endpoint::GetResult), 1);
  EXPECT_THAT(world.outcomes(), Contains(testing::HasSubstr("ada|link|https://")));
}

TEST(Collect, AnEnrollmentIsAskedForOnlyWhenAStageMoved) {
  World world;
  for (int i = 0; i < 20; ++i) world.person("g" + std::to_string(100 + i), "Graduate Program");
  world.run();
  world.advance(std::chrono::hours{1});
  world.finishes("g103", "first", 90);

  world.run();
  world.run();

  EXPECT_EQ(world.assess.requests().of(sandbox::Endpoint::GetEnrollment), 1);
}

/// Eight assessments, and somebody invited to each an hour ago.
class ManyAssessments : public testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < 8; ++i) {
      const std::string slug = "screen-" + std::to_string(i), job = "Job " + std::to_string(i);
      world.assess.add_assessment(slug, slug);
      world.routes.push_back(route_to(slug, job, {TargetKind::Assessment, slug}));
      world.person("p" + std::to_string(i), job);
    }
    world.run();
    world.advance(std::chrono::hours{1});
  }
  int reads_of(sandbox::Endpoint endpoint) const { return world.assess.requests().of(endpoint); }

  World world;
};

TEST_F(ManyAssessments, AreWatchedByTheListOfInvitations) {
  world.finishes("p3", "screen-3", 90);

  const sync::RunReport report = world.run();

  EXPECT_EQ(reads_of(sandbox::Endpoint::ListInvites), 1);
  EXPECT_EQ(reads_of(sandbox::Endpoint::ListResults), 1);
  EXPECT_EQ(report.counts.passed, 1);
  EXPECT_EQ(report.least.reads, 2);
  EXPECT_EQ(report.ending, sync::Ending::Done);
  EXPECT_THAT(report.evidence.unread(), testing::IsEmpty())
      << "whom the list shows as quiet is read";
  ASSERT_THAT(report.decisions, SizeIs(1));
  EXPECT_EQ(report.decisions[0].what, "news of 8 assessments");
  EXPECT_EQ(report.decisions[0].why,
            "by the list of invitations: 5 reads; by their results would be 8 reads");
}

TEST_F(ManyAssessments, AreReadByTheirResultsOnceADayWhateverTheListSays) {
  world.run();
  const int before = reads_of(sandbox::Endpoint::ListResults);
  world.advance(std::chrono::hours{24});

  world.run();

  EXPECT_EQ(before, 0);
  EXPECT_EQ(reads_of(sandbox::Endpoint::ListResults), 8);
  EXPECT_EQ(reads_of(sandbox::Endpoint::ListInvites), 1);
}

TEST_F(ManyAssessments, AreReadByTheirResultsWhenTheListCannotBeRead) {
  world.finishes("p3", "screen-3", 90);
  world.assess.faults().add(
      {.kind = sandbox::Fault::Kind::Status, .path = "/invites/", .times = 8, .status = 500});

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.counts.passed, 1);
  EXPECT_EQ(report.ending, sync::Ending::Failed);
  EXPECT_THAT(report.evidence.unread(), testing::ElementsAre("list of invitations"));
}

TEST_F(ManyAssessments, OfALongListAreReadByTheirResults) {
  store::Checkpoint long_list;
  long_list.cursor = Cursor("900");
  ASSERT_TRUE(store::Store::open(world.database())
                  ->checkpoints()
                  .save(store::kInvitesStream, long_list, world.clock.now())
                  .has_value());

  const sync::RunReport report = world.run();

  EXPECT_EQ(reads_of(sandbox::Endpoint::ListInvites), 0);
  EXPECT_EQ(reads_of(sandbox::Endpoint::ListResults), 8);
  EXPECT_EQ(report.least.reads, 8);
}

}  // namespace
}  // namespace praxisync::testing_support
