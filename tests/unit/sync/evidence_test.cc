// Success needs evidence.
#include "sync/evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using sandbox::Fault;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

auto names_missing(const std::string& text) {
  return Contains(testing::AllOf(Field(&sync::Problem::where, "evidence"),
                                 Field(&sync::Problem::what, HasSubstr(text))));
}

TEST(Evidence, OfARunThatDidEverythingIsWhole) {
  World world;
  world.crowd(3);
  world.person("dee", "Graduate Program");
  const sync::RunReport first = world.run();
  world.advance(std::chrono::hours{1});
  world.finishes("p1000", "backend", 90);
  const sync::RunReport second = world.run();

  EXPECT_EQ(first.ending, sync::Ending::Done);
  EXPECT_THAT(first.evidence.unread(), IsEmpty());
  EXPECT_EQ(first.evidence.contacts.planned, 4);
  EXPECT_EQ(first.evidence.contacts.done, 4);
  EXPECT_EQ(second.ending, sync::Ending::Done);
  EXPECT_THAT(second.evidence.streams,
              Contains(Field(&sync::Evidence::Stream::name, "results of backend")));
  EXPECT_EQ(second.evidence.write_backs.planned, 2);
  EXPECT_EQ(second.evidence.write_backs.done, 2);
}

TEST(Evidence, CountsWhoFailedAndWhoWaits) {
  sandbox::Options options;
  options.invite_limit = 3;
  World world(options);
  world.crowd(5);
  world.ats.find("p1001").email = "odd@nowhere";  // passes ours, fails the peer's check

  const sync::RunReport report = world.run();

  const sync::Tally& contacts = report.evidence.contacts;
  EXPECT_EQ(contacts.planned, 5);
  EXPECT_TRUE(contacts.adds_up());
  EXPECT_EQ(contacts.done, 3);
  EXPECT_EQ(contacts.done + contacts.skipped + contacts.failed, 5);
}

TEST(Evidence, ThatDoesNotAddUpIsNoGreenRun) {
  sync::RunReport report;
  report.evidence.contacts = {.planned = 5, .done = 4};

  report.weigh_evidence();

  EXPECT_EQ(report.ending, sync::Ending::Records);
  EXPECT_THAT(report.problems, names_missing("people to contact: 5 planned, 4 done"));
}

TEST(Evidence, OfSomethingLeftNeedsAnEndingThatSaysWhy) {
  sync::RunReport silent, told;
  silent.evidence.write_backs = told.evidence.write_backs = {.planned = 2, .done = 1, .skipped = 1};
  told.end(sync::Ending::Deadline);

  silent.weigh_evidence();
  told.weigh_evidence();

  EXPECT_EQ(silent.ending, sync::Ending::Records);
  EXPECT_EQ(told.ending, sync::Ending::Deadline);
  EXPECT_THAT(told.problems, IsEmpty());
}

TEST(Evidence, NamesAFewOfManyUnreadStreams) {
  sync::RunReport report;
  for (int i = 0; i < 13; ++i) report.evidence.expect("pull " + std::to_string(i));
  report.evidence.read("pull 0");

  report.weigh_evidence();

  EXPECT_THAT(report.problems, names_missing("not read to the end: pull 1, pull 2"));
  EXPECT_THAT(report.problems, names_missing("pull 10 and 2 more"));
}

TEST(Evidence, LacksAPullThatFailed) {
  World world;
  world.crowd(3);
  world.ats.pull_faults = {Error{ErrorKind::Transient, "HTTP 503"}};

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.ending, sync::Ending::Failed);
  EXPECT_THAT(report.evidence.unread(), ElementsAre("pull ats"));
  EXPECT_THAT(report.problems, names_missing("pull ats"));
}

TEST(Evidence, LacksTheResultsOfAnAssessmentThatIsGone) {
  World world;
  world.crowd(1);
  world.run();
  world.advance(std::chrono::hours{1});
  world.assess.faults().add({.kind = Fault::Kind::Status,
                             .path = "results",
                             .status = 404,
                             .headers = {{"Content-Type", "application/json"}},
                             .body = R"({"detail": "Not found."})"});

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.ending, sync::Ending::Records);
  EXPECT_THAT(report.evidence.unread(), ElementsAre("results of backend"));
}

TEST(Evidence, LacksWhatALimitLeftUnread) {
  World world;
  world.crowd(1);
  world.run();
  world.advance(std::chrono::hours{1});
  world.assess.faults().add({.kind = Fault::Kind::Status,
                             .path = "results",
                             .times = 100,
                             .status = 429,
                             .headers = {{"Retry-After", "3000"}}});

  const sync::RunReport report = world.run();

  EXPECT_EQ(report.ending, sync::Ending::Throttled);
  EXPECT_THAT(report.evidence.unread(),
              ElementsAre("results of backend", "statuses", "enrollments", "result details"));
}

TEST(Evidence, OfASourceThatListsNobodyAnyMoreIsNone) {
  World world;
  world.routes[0].cancel_when_left = CancelWhenLeft::Yes;
  world.crowd(3);
  world.run();
  const auto people = std::exchange(world.ats.applications, {});

  const sync::RunReport nobody = world.run();
  const sync::RunReport still = world.run();
  world.ats.applications = people;
  const sync::RunReport again = world.run();

  EXPECT_EQ(nobody.ending, sync::Ending::Held);
  EXPECT_EQ(still.ending, sync::Ending::Held);
  EXPECT_EQ(nobody.counts.cancelled + still.counts.cancelled, 0);
  EXPECT_EQ(again.ending, sync::Ending::Done);
}

TEST(Evidence, OfOneStageThatListsNobodyIsAskedForOnce) {
  World world;
  world.routes[0].cancel_when_left = CancelWhenLeft::Yes;
  world.crowd(2);
  world.person("dan", "Data Analyst");
  world.run();
  std::erase_if(world.ats.applications,
                [](const Application& application) { return application.id.text() != "dan"; });

  const sync::RunReport first = world.run();
  const sync::RunReport second = world.run();

  EXPECT_EQ(first.ending, sync::Ending::Records);
  EXPECT_EQ(second.ending, sync::Ending::Done) << "known from before: reported, not failed again";
  EXPECT_FALSE(second.problems.empty());
  EXPECT_EQ(first.counts.cancelled + second.counts.cancelled, 0);
}

TEST(Evidence, AListOfResultsThatIsCutOffIsReadFromTheTopAgain) {
  World world;
  world.crowd(1);
  world.run();
  world.advance(std::chrono::hours{1});
  world.finishes("p1000", "backend", 90);
  world.advance(std::chrono::hours{5});
  world.assess.faults().add(
      {.kind = Fault::Kind::Status,
       .path = "results",
       .status = 200,
       .headers = {{"Content-Type", "application/json"}},
       .body = R"({"next": "?more=1", "results": [{"invite_token": "tok-of-somebody-else",)"
               R"( "status": "completed", "completed_at": ")" +
               format_timestamp(world.clock.now()) + R"("}]})"});

  const auto checkpoint = [&] {
    return world.open_store().checkpoints().load(store::results_stream("backend")).value();
  };

  const sync::RunReport cut_off = world.run();
  const store::Checkpoint after_cut_off = checkpoint();
  const sync::RunReport whole = world.run();

  EXPECT_EQ(cut_off.ending, sync::Ending::Records);
  EXPECT_THAT(cut_off.evidence.unread(), ElementsAre("results of backend"));
  EXPECT_EQ(after_cut_off.watermark, std::nullopt) << "what lies below was not seen";
  EXPECT_EQ(after_cut_off.full_at, std::nullopt);
  EXPECT_EQ(whole.ending, sync::Ending::Done);
  EXPECT_EQ(whole.counts.completed, 1);
  EXPECT_NE(checkpoint().watermark, std::nullopt);
}

/// A row that cannot be read may be the very invitation that is looked for.
TEST(Evidence, AListWithABadRowProvesNoAbsence) {
  World world;
  world.person("dee", "Graduate Program");
  world.assess.faults().add(
      {.kind = Fault::Kind::DropAfterApplying, .method = http::Method::Post, .path = "enroll"});
  world.run();
  world.advance(std::chrono::hours{1});
  const auto page = [](const char* next, const char* rows) {
    return Fault{.kind = Fault::Kind::Status,
                 .method = http::Method::Get,
                 .path = "invites",
                 .status = 200,
                 .headers = {{"Content-Type", "application/json"}},
                 .body = std::string(R"({"next": )") + next + R"(, "results": [)" + rows + "]}"};
  };
  world.assess.faults().add(
      page(R"("https://praxicraft.com/api/v1/public/invites/?cursor=abc")", R"({"status": 7})"));
  world.assess.faults().add(page("null", ""));

  const sync::RunReport flawed = world.run();
  const sync::RunReport clean = world.run();

  EXPECT_NE(flawed.ending, sync::Ending::Done);
  EXPECT_THAT(flawed.evidence.unread(), ElementsAre("lost answers"));
  EXPECT_EQ(flawed.counts.enrolled, 0);
  EXPECT_EQ(clean.backlog.unsettled, 0);
  EXPECT_THAT(world.enrollments(), ElementsAre(testing::Pair("dee@example.com|grad", 1)));
}

}  // namespace
}  // namespace praxisync::testing_support
