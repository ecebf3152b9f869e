// docs/documents.schema.json is what `--output json` prints, field by field.
#include <gmock/gmock.h>

#include <fstream>

#include "cli/build_facts.h"
#include "cli/connector_pages.h"
#include "cli/fleet_report.h"
#include "connectors/all.h"
#include "report/plan_document.h"
#include "report/run_document.h"
#include "report/run_report_document.h"
#include "report/story_document.h"
#include "serve/dashboard_document.h"
#include "support/json_schema.h"
#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using nlohmann::json;

Complaints check(const std::string& name, const std::string& document) {
  std::ifstream file(PRAXISYNC_DOCS "/documents.schema.json");
  const json schemas = json::parse(file);
  Complaints complaints;
  Schema(resolved(schemas.at("definitions").at(name), schemas))
      .check(json::parse(document), name, complaints);
  return complaints;
}

/// Results, somebody blocked, somebody new, and a quota that does not last.
class BusyWorld {
 public:
  BusyWorld() {
    world.crowd(3);
    world.person("gus", "Graduate");
    world.ats.find("mute").job = "Backend Engineer";
    world.ats.find("mute").stage = "Technical Test";
    report = world.run();
    world.advance(std::chrono::hours{30});
    world.everybody_finishes();
    world.person("new", "Backend Engineer");
  }

  World world{sandbox::Options{.invite_limit = 4}};
  sync::RunReport report;
};

TEST(Documents, ARunsIsAsTheSchemaSays) {
  BusyWorld busy;
  for (int runs = 0; runs < 3; ++runs) {
    report::RequestTotals totals{busy.world.requests.reads, busy.world.requests.writes, 0, {}};
    totals.ats["ats"] = {};
    EXPECT_THAT(check("sync", report::run_document(busy.report, totals)), testing::IsEmpty());
    busy.report = busy.world.run();
  }
  EXPECT_GT(busy.report.counts.pulled, 0);
}

TEST(Documents, OfTheVersionIsAsTheSchemaSays) {
  cli::BuildFacts facts = cli::build_facts();
  facts.commit = "0123456789abcdef0123456789abcdef01234567";
  facts.hardening = {"pie", "relro"};
  EXPECT_THAT(check("version", cli::version_document(facts)), testing::IsEmpty());
  facts.commit.clear();
  facts.hardening.clear();
  EXPECT_THAT(check("version", cli::version_document(facts)), testing::IsEmpty());
  EXPECT_GT(facts.libraries.size(), 5U);
}

TEST(Documents, OneThatFollowedAPlanIsToo) {
  BusyWorld busy;
  busy.report.planned = 2;
  busy.report.dropped = {{ConnectorName("ats"), ApplicationId("a1"), RouteName("backend"), "invite",
                          "has left the stage"}};
  busy.report.decisions = {{"statuses of 2", "by the list: 1 read"}};
  busy.report.resume_at = busy.world.clock.now();

  EXPECT_THAT(check("sync", report::run_document(busy.report, {})), testing::IsEmpty());
}

TEST(Documents, AReportsIsAsTheSchemaSays) {
  BusyWorld busy;
  busy.world.run();
  store::Store store = busy.world.open_store();
  const auto ledger = store.request_ledger(busy.world.clock, "assess", busy.world.limits);
  const report::RunReport full = report::gather({.run = busy.report,
                                                 .requests = {},
                                                 .steps = {{"pull ats", Milliseconds{5}, 1}},
                                                 .asked = {},
                                                 .store = &store,
                                                 .ledger = ledger.get()},
                                                report::Persons::Masked);

  ASSERT_FALSE(full.scores.empty());
  ASSERT_FALSE(full.times.empty());
  ASSERT_FALSE(full.blocked.empty());
  EXPECT_THAT(check("report", report::run_report_document(full)), testing::IsEmpty());
  EXPECT_THAT(check("report", report::run_report_document({})), testing::IsEmpty());
}

TEST(Documents, APlansIsAsTheSchemaSays) {
  BusyWorld busy;
  const sync::Plan plan = busy.world.plan();

  ASSERT_FALSE(plan.contacts.empty());
  ASSERT_FALSE(plan.writes.empty());
  EXPECT_THAT(check("plan", report::plan_document(plan)), testing::IsEmpty());
}

TEST(Documents, AStatusIsAsTheSchemaSays) {
  BusyWorld busy;
  store::Store store = busy.world.open_store();
  report::Status status;
  status.reads = {.limit = 500, .reserve = 50};
  status.writes = {.limit = 100, .closed_until = busy.world.clock.now()};
  status.backlog = *store.view().backlog();
  status.held = {{RouteName("backend"), 1, 60, 59}};
  status.routes = *store.view().by_route();
  status.blocked = *store.view().blocked();
  status.refused = {{RouteName("backend"), "note", "text", "no", 1}};
  status.checkpoints = *store.view().checkpoints();
  const Timestamp now = busy.world.clock.now();
  status.schedules = {
      {ScheduleName("instance"), {ConnectorName("ats")}, "@hourly", "UTC", true, 2, {}, "", {}},
      {ScheduleName("connector:ats"),
       {},
       "every 15 min",
       "Europe/Berlin",
       false,
       0,
       now,
       format_timestamp(now, std::chrono::hours{1}),
       store::ScheduledRun{now, now, now, 0}}};

  EXPECT_THAT(check("status", report::status_document(status)), testing::IsEmpty());
}

TEST(Documents, AStoryIsAsTheSchemaSaysMaskedOrNot) {
  BusyWorld busy;
  busy.world.run();
  store::Store store = busy.world.open_store();
  std::vector<store::Story> stories;
  for (const char* who : {"p1000", "gus", "mute", "new"}) {
    const std::vector<store::Story> found = store.view().explain(who).value();
    stories.insert(stories.end(), found.begin(), found.end());
  }
  const std::vector<sync::Decision> decisions = {{"statuses of 2", "by the list: 1 read"}};

  ASSERT_THAT(stories, testing::SizeIs(4));
  EXPECT_THAT(check("explain", report::story_document(stories, decisions)), testing::IsEmpty());
  for (const auto persons : {report::Persons::Masked, report::Persons::Unmasked}) {
    EXPECT_THAT(check("candidate", serve::candidate_document(stories, decisions, persons)),
                testing::IsEmpty());
  }
}

TEST(Documents, ThePagesOverviewIsAsTheSchemaSays) {
  BusyWorld busy;
  store::Store store = busy.world.open_store();
  const Timestamp now = busy.world.clock.now();
  const serve::Dashboard empty;
  serve::Dashboard full =
      serve::read_dashboard(store, {.routes = busy.world.routes, .limits = busy.world.limits},
                            busy.world.clock)
          .value();
  full.quota = serve::QuotaSeen{{.plan = "growth", .limit = 200, .used = 1, .remaining = 199}, now};
  full.outlook.quota_dry_at = now;
  serve::LivePicture live;
  live.running = serve::LiveRun{.run = RunKey{2},
                                .since = now,
                                .step = "pull ats",
                                .step_since = now,
                                .done = 1,
                                .total = 2,
                                .heard_at = now};
  live.ended = serve::EndedRun{RunKey{1}, now, sync::Ending::Quota};
  live.next_run = now;

  ASSERT_FALSE(full.funnel.empty());
  ASSERT_FALSE(full.attention.empty());
  ASSERT_FALSE(full.runs.empty());
  EXPECT_THAT(check("overview", serve::overview_document({}, empty, serve::Search::Closed)),
              testing::IsEmpty());
  EXPECT_THAT(check("overview", serve::overview_document(live, full, serve::Search::Open)),
              testing::IsEmpty());
  full.runs.front().run.finished_at.reset();
  full.runs.front().run.reason.clear();
  EXPECT_THAT(check("overview", serve::overview_document({}, full, serve::Search::Open)),
              testing::IsEmpty());
  EXPECT_THAT(check("refusal", serve::refusal_document("what", "mend")), testing::IsEmpty());
}

TEST(Documents, ThatOfTheConnectorsIsAsTheSchemaSays) {
  EXPECT_THAT(check("connectors", cli::connectors_document(all_connectors())), testing::IsEmpty());
}

TEST(Documents, AFleetsIsAsTheSchemaSays) {
  BusyWorld busy;
  const std::vector<cli::OrganisationEnd> ends{
      {.name = "acme", .begun = true, .output = report::run_document(busy.report, {})},
      {.name = "broken", .code = 2, .begun = true, .output = ""},
      {.name = "killed", .code = 137, .begun = true, .output = "{\"run\""},
      {.name = "late", .code = 4, .output = ""}};

  const std::string text = cli::fleet_document(ends);

  EXPECT_THAT(check("fleet", text), testing::IsEmpty());
  const json fleet = json::parse(text)["fleet"];
  EXPECT_EQ(fleet["exit_code"], 2);
  EXPECT_THAT(check("sync", fleet["organisations"][0]["document"].dump()), testing::IsEmpty());
  for (const std::size_t other : {1U, 2U, 3U})
    EXPECT_TRUE(fleet["organisations"][other]["document"].is_null());
  EXPECT_EQ(fleet["organisations"][2]["exit_code"], 1);
}

TEST(Fleets, EndWithTheExitCodeThatAsksMostOfPeople) {
  const std::vector<int> from_least{0, 4, 6, 3, 7, 1, 5, 2};
  for (std::size_t worse = 0; worse < from_least.size(); ++worse) {
    for (std::size_t better = 0; better <= worse; ++better) {
      const std::vector<cli::OrganisationEnd> ends{
          {.name = "a", .code = from_least[worse], .output = ""},
          {.name = "b", .code = from_least[better], .output = ""}};
      EXPECT_EQ(cli::worst_exit_code(ends), from_least[worse]);
    }
  }
  EXPECT_EQ(cli::worst_exit_code({}), 0);
}

TEST(Documents, AFieldThatTheSchemaDoesNotKnowIsFound) {
  BusyWorld busy;
  json document = json::parse(report::run_document(busy.report, {}));
  document["surprise"] = 1;

  EXPECT_THAT(check("sync", document.dump()), testing::Not(testing::IsEmpty()));
}

}  // namespace
}  // namespace praxisync::testing_support
